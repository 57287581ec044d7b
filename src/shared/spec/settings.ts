import { applies, isPart, objectOf, schemaAt, specNode, valueAt, type SchemaNode } from './nodes'
import { getAt, isObject, same, type JsonObject } from './paths'
import type { RunSpec } from './schema'

/** What can be set: "model.factors"; a part that can be left out as a whole comes before its own keys. */
const settable = settableAt(specNode, '')

export const settingPaths: readonly string[] = settable.map(({ path }) => path)

function settableAt(node: SchemaNode, path: string, optional = false): { path: string; isPart: boolean }[] {
  const { properties, required = [] } = objectOf(node)
  if (properties === undefined) return [{ path, isPart: false }]
  const inner = Object.entries(properties).flatMap(([key, value]) => {
    const isOptional = !required.includes(key) && value.default === undefined
    return settableAt(value, path === '' ? key : `${path}.${key}`, isOptional)
  })
  return optional || isPart(node) ? [{ path, isPart: true }, ...inner] : inner
}

/** Paths at which two specs say something else; a part counts as one by being there or not. */
export function differing(spec: JsonObject, base: JsonObject): string[] {
  const differs = settable.filter(({ path, isPart }) => {
    const [now, before] = [valueAt(spec, path), valueAt(base, path)]
    return applies(spec, path) && (isPart ? (now == null) !== (before == null) : !same(now, before))
  })
  return differs.map(({ path }) => path)
}

export interface DifferentSetting {
  path: string
  /** In the order of the specs; null where one has no such key. */
  values: unknown[]
}

/**
 * Settings that are not the same in all of some complete specs. The keys of a part that is left out, as a classifier can
 * be, are compared among the specs that have it.
 */
export function differentSettings(specs: readonly RunSpec[]): DifferentSetting[] {
  const parts = settable.filter(({ isPart }) => isPart)
  return settable.flatMap(({ path, isPart }) => {
    const values = specs.map((spec) => getAt(spec, path) ?? null)
    const within = parts.filter((part) => path.startsWith(`${part.path}.`))
    const told = values.filter((_, index) => within.every((part) => getAt(specs[index], part.path) != null))
    const said = isPart ? told.map((value) => value !== null) : told
    return said.every((value) => same(value, said[0])) ? [] : [{ path, values }]
  })
}

export interface Setting {
  path: string
  value: unknown
}

/** What to set in `base` to get `spec`; null where that takes a part away, which no setting can say. */
export function settings(spec: JsonObject, base: JsonObject, prefix = ''): Setting[] | null {
  const list: Setting[] = []
  for (const key of new Set([...Object.keys(base), ...Object.keys(spec)])) {
    const path = `${prefix}${key}`
    const [now, before] = [spec[key], base[key]]
    if (same(now, before)) continue
    if (now === undefined) {
      const fallback = schemaAt(path).default
      if (fallback === undefined) return null
      list.push({ path, value: fallback })
    } else if (isObject(now) && isObject(before)) {
      const inner = settings(now, before, `${path}.`)
      if (inner === null) return null
      list.push(...inner)
    } else list.push({ path, value: now })
  }
  return list
}

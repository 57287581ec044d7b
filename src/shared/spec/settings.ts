import { applies, isPart, schemaAt, specNode, valueAt, type SchemaNode } from './nodes'
import { isObject, same, type JsonObject } from './paths'

/** Paths of all that can be set, "model.factors"; a part that can be left out as a whole comes before its own keys. */
export const settingPaths: readonly string[] = pathsOf(specNode, '')

function pathsOf(node: SchemaNode, path: string, required = true): string[] {
  const { properties, required: needed = [] } = node.anyOf?.find(({ type }) => type === 'object') ?? node
  if (properties === undefined) return [path]
  const inner = Object.entries(properties).flatMap(([key, value]) =>
    pathsOf(value, path === '' ? key : `${path}.${key}`, needed.includes(key) || value.default !== undefined),
  )
  return isPart(node) || !required ? [path, ...inner] : inner
}

/** Paths at which two specs say something else; a part counts as one by being there or not. */
export function differing(spec: JsonObject, base: JsonObject): string[] {
  return settingPaths.filter((path) => {
    if (!applies(spec, path)) return false
    const [now, before] = [valueAt(spec, path), valueAt(base, path)]
    const isPartOf = settingPaths.some((other) => other.startsWith(`${path}.`))
    return isPartOf ? (now == null) !== (before == null) : !same(now, before)
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

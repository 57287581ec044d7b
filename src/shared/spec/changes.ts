import { fieldsFor } from '../../renderer/src/specForm/fields'
import { isObject, same, type JsonObject } from './paths'
import { schemaAt, valueAt } from './nodes'

/** Key paths of the fields whose value differs from the base's (the preset, or the run that was duplicated). */
export function changedPaths(spec: JsonObject, base: JsonObject): string[] {
  const shown = [...fieldsFor(spec), ...fieldsFor(base)].flatMap(({ fields }) => fields)
  const fields = new Map(shown.map((field) => [field.path, field]))
  return [...fields.values()]
    .filter(({ path, control }) => {
      const now = valueAt(spec, path)
      const before = valueAt(base, path)
      return control === 'part' ? (now == null) !== (before == null) : !same(now, before)
    })
    .map(({ path }) => path)
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

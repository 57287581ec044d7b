/** A spec as it stands in the editor: any JSON object, valid or not. */
export type JsonObject = Record<string, unknown>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at "model.factors"; undefined where the way breaks off. */
export function getAt(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), object)
}

/** A copy with the value at `path`, made along the way; undefined takes the key away. */
export function setAt(object: JsonObject, path: string, value: unknown): JsonObject {
  const [key = '', ...rest] = path.split('.')
  if (rest.length > 0) {
    const inner = object[key]
    return { ...object, [key]: setAt(isObject(inner) ? inner : {}, rest.join('.'), value) }
  }
  if (value !== undefined) return { ...object, [key]: value }
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== key))
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].every((key) => same(a[key], b[key]))
  }
  return JSON.stringify(a) === JSON.stringify(b)
}

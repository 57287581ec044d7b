import { WorkbenchError } from '../errors'

/** A spec as it stands in an editor or a file: any JSON object, valid or not. */
export type JsonObject = Record<string, unknown>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at "model.factors"; undefined where the way breaks off. */
export function getAt(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), object)
}

/**
 * A copy with the value at `path`; objects on the way are made, undefined takes the key away. The schema judges the result.
 * @throws WorkbenchError USAGE
 */
export function setAt(spec: unknown, path: string, value: unknown): JsonObject {
  const [key, ...rest] = path.split('.')
  if (key === undefined || key === '' || key === '__proto__') {
    throw new WorkbenchError('USAGE', `"${path}" is no path of a run spec`, { remedy: 'For example: model.hidden' })
  }
  const object = isObject(spec) ? spec : {}
  if (rest.length > 0) return { ...object, [key]: setAt(object[key], rest.join('.'), value) }
  if (value !== undefined) return { ...object, [key]: value }
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== key))
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

/** JSON with the keys of every object in one order; what is undefined is as if it were not there. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )

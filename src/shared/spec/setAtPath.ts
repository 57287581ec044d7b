import { WorkbenchError } from '../errors'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A copy of `spec` with the value at a dotted path; objects on the way are made. The schema judges the result. */
export function setAtPath(spec: unknown, path: string, value: unknown): unknown {
  const [key, ...rest] = path.split('.')
  if (key === undefined || key === '' || key === '__proto__') {
    throw new WorkbenchError('USAGE', `"${path}" is no path of a run spec`, { remedy: 'For example: model.hidden' })
  }
  const object = isObject(spec) ? spec : {}
  return { ...object, [key]: rest.length === 0 ? value : setAtPath(object[key], rest.join('.'), value) }
}

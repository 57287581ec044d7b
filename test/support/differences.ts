const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * Where two answers differ, a line each.
 * @param tolerance 0: not at all; else how much numbers may, as a share of themselves (of 1, where they are smaller), in a list
 * of the list's largest. A gain is a difference of energies, which are ten times as large: it may differ ten times as much.
 */
export function differences(found: unknown, wanted: unknown, tolerance = 0, path = ''): string[] {
  const share = /gains?$/.test(path) ? 10 * tolerance : tolerance
  const told = (): string[] => [`${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`]
  if (isNumbers(wanted) && isNumbers(found) && wanted.length === found.length) {
    const most = share * Math.max(...wanted.map(Math.abs))
    return wanted.flatMap((value, at) =>
      within(found[at]!, value, most) ? [] : [`${path}[${at}]: ${found[at]} instead of ${value}`],
    )
  }
  if (typeof wanted === 'number' && typeof found === 'number') {
    return within(found, wanted, share * Math.max(1, Math.abs(wanted))) ? [] : told()
  }
  if (!isObject(wanted) || !isObject(found) || Array.isArray(wanted) !== Array.isArray(found)) {
    return Object.is(found, wanted) ? [] : told()
  }
  // What is told beyond that is no difference: later versions say more.
  const keys = Array.isArray(wanted)
    ? new Set([...Object.keys(wanted), ...Object.keys(found)])
    : new Set(Object.keys(wanted))
  return [...keys].flatMap((key) =>
    differences(found[key], wanted[key], tolerance, path === '' ? key : `${path}.${key}`),
  )
}

const within = (found: number, wanted: number, most: number): boolean =>
  Object.is(found, wanted) || Math.abs(found - wanted) <= most

import { expect } from 'vitest'

export const flat = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : [...(value as Iterable<unknown>)].flatMap(flat)

/** Largest difference of two arrays, relative to the largest magnitude of the expected one. */
export function deviation(actual: unknown, expected: unknown): number {
  const [found, wanted] = [flat(actual), flat(expected)]
  expect(found).toHaveLength(wanted.length)
  const largest = Math.max(...wanted.map(Math.abs), Number.MIN_VALUE)
  return Math.max(...found.map((value, at) => Math.abs(value - wanted[at]!))) / largest
}

/** Fails where two arrays differ by more than `tolerance` of the expected one's largest magnitude, or by a NaN. */
export function expectClose(actual: unknown, expected: unknown, tolerance: number, what = ''): void {
  expect(deviation(actual, expected), what).toBeLessThanOrEqual(tolerance)
}

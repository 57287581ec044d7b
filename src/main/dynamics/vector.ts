/** Σ a_i b_i */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** ‖a‖ */
export const norm = (a: Float64Array): number => Math.sqrt(dot(a, a))

/** a + factor b */
export const plus = (a: Float64Array, b: Float64Array, factor = 1): Float64Array =>
  a.map((value, i) => value + factor * b[i])

/** Row `index` of a matrix [n, width], not copied. */
export const rowAt = (data: Float64Array, width: number, index: number): Float64Array =>
  data.subarray(index * width, (index + 1) * width)

/** Vectors of one length as a matrix [n, D]. */
export function stacked(rows: readonly Float64Array[]): Float64Array {
  const width = rows[0]?.length ?? 0
  const all = new Float64Array(rows.length * width)
  rows.forEach((row, index) => all.set(row, index * width))
  return all
}

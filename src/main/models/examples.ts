/** Images (or pairs) in the model's own scale: x [n, D], y [n, D'] for pairs. */
export interface Examples {
  n: number
  x: Float32Array
  y: Float32Array | null
}

/** Rows of a [N, width] array, copied, in the order asked for. */
export function takeRows(data: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(rows.length * width)
  for (let i = 0; i < rows.length; i++) taken.set(data.subarray(rows[i] * width, (rows[i] + 1) * width), i * width)
  return taken
}

export function selectExamples({ n, x, y }: Examples, rows: ArrayLike<number>): Examples {
  return {
    n: rows.length,
    x: takeRows(x, x.length / n, rows),
    y: y === null ? null : takeRows(y, y.length / n, rows),
  }
}

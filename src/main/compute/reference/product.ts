import { sizeOf } from '../shapes'
import type { Shape } from '../shapes'
import { broadcastStrides, walk } from './arrays'
import type { NumericArray } from './arrays'

interface ProductOptions {
  readonly transA: boolean
  readonly transB: boolean
  readonly alpha: number
  readonly beta: number
}

/** Rows as they lie in memory after a transposition where one is asked for. */
function rowMajor({ shape, data }: NumericArray, transposed: boolean): Float64Array {
  if (!transposed) return data
  const [rows, columns] = shape as [number, number]
  const out = new Float64Array(data.length)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * columns + j]
  return out
}

/** alpha op(a) op(b) + beta c in float64, shape [rows, columns]. */
export function product(
  a: NumericArray,
  b: NumericArray,
  c: NumericArray | null,
  shape: Shape,
  { transA, transB, alpha, beta }: ProductOptions,
): Float64Array {
  const [rows, columns] = shape as [number, number]
  const left = rowMajor(a, transA)
  const inner = rows === 0 ? 0 : left.length / rows
  const out = new Float64Array(sizeOf(shape))
  // Both loops pass through memory in order: nothing is copied to transpose b.
  for (let i = 0; i < rows; i++) {
    if (transB) {
      for (let j = 0; j < columns; j++) {
        let sum = 0
        for (let k = 0; k < inner; k++) sum += alpha * left[i * inner + k] * b.data[j * inner + k]
        out[i * columns + j] = sum
      }
      continue
    }
    const row = out.subarray(i * columns, (i + 1) * columns)
    for (let k = 0; k < inner; k++) {
      const factor = alpha * left[i * inner + k]
      const start = k * columns
      for (let j = 0; j < columns; j++) row[j] += factor * b.data[start + j]
    }
  }
  if (c) {
    let i = 0
    walk(shape, [broadcastStrides(c.shape, shape)], ([at]) => {
      out[i++] += beta * c.data[at]
    })
  }
  return out
}

import { permutation } from '../compute/random'
import { streamOf } from './streams'

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

/** Row numbers of one class, in order. */
export function rowsOfClass(labels: Int32Array, modelClass: number): Int32Array {
  return Int32Array.from([...labels.keys()].filter((row) => labels[row] === modelClass))
}

export interface HeldOut {
  /** Rows that the class's model learns from. */
  learn: Int32Array
  /** Rows kept from it, to fit the classifier with. */
  keep: Int32Array
}

/** Splits a class's training rows by a seeded draw. @param fraction kept from the model */
export function holdOut(rows: Int32Array, fraction: number, seed: number, modelClass: number): HeldOut {
  const kept = Math.round(fraction * rows.length)
  const order = permutation(seed, streamOf('holdout', modelClass), 0, rows.length)
  const pick = (from: number, to: number) => Int32Array.from(order.subarray(from, to), (at) => rows[at]).sort()
  return { learn: pick(kept, rows.length), keep: pick(0, kept) }
}

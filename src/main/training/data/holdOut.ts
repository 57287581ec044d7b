import { permutation } from '../../compute/random'
import { streamOf } from './streams'

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

import { WorkbenchError } from '../../shared/errors'
import type { FileArray } from './numberTypes'
import { readNpz } from './npz'

/** Pairs to score, values as they are: x [N, Dx], y [N, Dy] or null; flat, row by row. */
export interface PairArrays {
  n: number
  x: Float32Array
  y: Float32Array | null
}

const refuse = (where: string, message: string): WorkbenchError =>
  new WorkbenchError('PAIR_ARRAYS', message, {
    where,
    remedy: 'Give x [N, Dx] and, for pairs, y [N, Dy] with as many rows.',
  })

/**
 * Reads x and y of an .npz; axes after the first are pixels.
 * @throws PAIR_ARRAYS, NPZ_DAMAGED, NPY_DAMAGED, NPY_PICKLED, NPY_DTYPE
 */
export function readPairArrays(bytes: Uint8Array, where: string): PairArrays {
  const { x, y } = readNpz(bytes, where)
  if (x === undefined) throw refuse(where, 'There is no array x')
  const first = rowsOf(x, 'x', where)
  const second = y === undefined ? null : rowsOf(y, 'y', where)
  if (second !== null && second.n !== first.n) throw refuse(where, `x has ${first.n} rows and y has ${second.n}`)
  return { n: first.n, x: first.values, y: second?.values ?? null }
}

function rowsOf(array: FileArray | string, name: string, where: string): { n: number; values: Float32Array } {
  if (typeof array === 'string' || array.shape.length < 2 || array.data.length === 0) {
    throw refuse(where, `${name} has no rows of numbers`)
  }
  return { n: array.shape[0], values: Float32Array.from(array.data) }
}

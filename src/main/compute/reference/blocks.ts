import { sizeOf } from '../shapes'
import type { Shape } from '../shapes'
import type { NumericArray } from './arrays'

/** Zeros of `shape` with what fits of x, from `from` on along `axis`, copied to `to` on. */
export function copyAlong(axis: number, x: NumericArray, from: number, shape: Shape, to: number): Float64Array {
  const out = new Float64Array(sizeOf(shape))
  const inner = sizeOf(shape.slice(axis + 1))
  const outer = sizeOf(shape.slice(0, axis))
  const count = Math.min(x.shape[axis] - from, shape[axis] - to) * inner
  for (let block = 0; block < outer; block++) {
    const start = (block * x.shape[axis] + from) * inner
    out.set(x.data.subarray(start, start + count), (block * shape[axis] + to) * inner)
  }
  return out
}

import { sizeOf } from '../shapes'
import type { Shape } from '../shapes'

/** A dense array in row-major order; integers are held as numbers too. */
export interface NumericArray {
  readonly shape: Shape
  readonly data: Float64Array
}

/** f of every element. */
export function map({ data }: NumericArray, f: (value: number) => number): Float64Array {
  const out = new Float64Array(data.length)
  for (let i = 0; i < data.length; i++) out[i] = f(data[i])
  return out
}

/** Steps in `shape`'s own memory for each axis of `target`; 0 where it is stretched. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const strides = new Array<number>(target.length).fill(0)
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]
    if (size !== 1) strides[axis + target.length - shape.length] = step
    step *= size
  }
  return strides
}

/** Calls `visit(offsets)` for each element of `shape` in row-major order, with the place in each strided array. */
export function walk(shape: Shape, strides: readonly (readonly number[])[], visit: (at: readonly number[]) => void) {
  const at = strides.map(() => 0)
  const index = shape.map(() => 0)
  const count = sizeOf(shape)
  for (let n = 0; n < count; n++) {
    visit(at)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++
      for (let k = 0; k < at.length; k++) at[k] += strides[k][axis]
      if (index[axis] < shape[axis]) break
      for (let k = 0; k < at.length; k++) at[k] -= strides[k][axis] * shape[axis]
      index[axis] = 0
    }
  }
}

/** f of every pair of elements, broadcast to `shape`. */
export function zip(a: NumericArray, b: NumericArray, shape: Shape, f: (a: number, b: number) => number): Float64Array {
  const out = new Float64Array(sizeOf(shape))
  if (a.data.length === out.length && b.data.length === out.length) {
    for (let i = 0; i < out.length; i++) out[i] = f(a.data[i], b.data[i])
  } else {
    let i = 0
    walk(shape, [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)], ([p, q]) => {
      out[i++] = f(a.data[p], b.data[q])
    })
  }
  return out
}

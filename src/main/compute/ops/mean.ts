import type { Node } from '../graph'
import { sizeOf } from '../shapes'
import { scale } from './scale'
import { sum } from './sum'

/** Mean over `axes` (all of them where not said); averaged axes vanish, or stay with size 1. */
export function mean(x: Node, axes?: number | readonly number[], keepdims = false): Node {
  const total = sum(x, axes, keepdims)
  return scale(total, sizeOf(total.shape) / sizeOf(x.shape))
}

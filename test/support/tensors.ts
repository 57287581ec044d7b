import type { Shape } from '../../src/main/compute/graph'
import { uniforms } from '../../src/main/compute/random'
import { sizeOf } from '../../src/main/compute/shapes'
import { float64 } from '../../src/main/compute/tensor'
import type { Tensor } from '../../src/main/compute/tensor'

/** Numbers uniform in a range, at least `gap` from 0; the same for the same stream. */
export function randomTensor(shape: Shape, stream: number, [low, high] = [-2, 2], gap = 0): Tensor {
  const values = uniforms(7, stream, 0, sizeOf(shape)).map((u) => low + u * (high - low))
  return float64(
    values.map((x) => (Math.abs(x) < gap ? x + 2 * gap * (x < 0 ? -1 : 1) : x)),
    shape,
  )
}

export const listOf = ({ data }: Tensor): number[] => Array.from<number>(data)

/** Largest difference of two lists as a share of the largest number in the second. */
export function relativeError(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Infinity
  const size = Math.max(1e-12, ...expected.map(Math.abs))
  return Math.max(0, ...found.map((x, i) => Math.abs(x - expected[i]))) / size
}

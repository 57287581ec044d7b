import type { PixelRange } from '../../../shared/model'
import type { CorruptionSpec } from '../../../shared/spec/schema'
import type { Node } from '../../compute/graph'
import { add, cast, mul, scale, square, sub } from '../../compute/ops'
import { fillKeepFlags, fillSaltAndPepper } from '../../compute/random'
import { sizeOf, type Shape } from '../../compute/shapes'
import { uint8, type Tensor } from '../../compute/tensor'
import { drawSteps, noiseSteps } from './draws'

export type CorruptionKind = Exclude<CorruptionSpec['kind'], 'none'>

/** One way to corrupt, in three forms that mean the same. */
interface Rule {
  dtype: 'uint8' | 'float32'
  /** What is drawn, for steps from `first`. @param shape [count, ...] */
  draw(seed: number, stream: number, first: number, shape: Shape, level: number): Tensor
  /** What is seen of images [B, D]. */
  node(images: Node, draws: Node, range: PixelRange | null): Node
  /** What is seen of one pixel. */
  pixel(value: number, draw: number, range: PixelRange | null): number
}

function ends(range: PixelRange | null): PixelRange {
  if (range === null) throw new TypeError('salt and pepper are the ends of a range')
  return range
}

/** Corruptions; each is drawn in a form that costs an engine little: bytes where bytes can say it. */
export const corruptionKinds: Readonly<Record<CorruptionKind, Rule>> = {
  /** Drawn: 0 with probability `level`, else 1. */
  mask: {
    dtype: 'uint8',
    draw: (seed, stream, first, shape, level) =>
      uint8(
        drawSteps(new Uint8Array(sizeOf(shape)), shape, first, (part, step) =>
          fillKeepFlags(part, seed, stream, step, level),
        ),
        shape,
      ),
    node: (images, draws) => mul(images, cast(draws)),
    pixel: (value, draw) => value * draw,
  },

  /** Drawn: the noise itself. */
  gaussian: {
    dtype: 'float32',
    draw: noiseSteps,
    node: (images, draws) => add(images, draws),
    pixel: (value, draw) => value + draw,
  },

  /** Drawn: 0 for the lowest pixel of the range, 2 for the highest, 1 for the image's own. */
  'salt-and-pepper': {
    dtype: 'uint8',
    draw: (seed, stream, first, shape, level) =>
      uint8(
        drawSteps(new Uint8Array(sizeOf(shape)), shape, first, (part, step) =>
          fillSaltAndPepper(part, seed, stream, step, level),
        ),
        shape,
      ),
    node: (images, draws, range) => {
      const { low, high } = ends(range)
      const side = sub(cast(draws), 1)
      const replaced = square(side)
      const end = add(scale(replaced, (low + high) / 2), scale(side, (high - low) / 2))
      return add(mul(images, sub(1, replaced)), end)
    },
    pixel: (value, draw, range) => (draw === 1 ? value : draw === 0 ? ends(range).low : ends(range).high),
  },
}

import type { ImageShape } from '../../../../shared/datasets'
import type { Random } from '../../random'
import { compose, look, rotation, scaling, translation, type AffineMap } from '../affineMap'
import type { Transformation } from './transformation'

const uniform = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform()
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** A factor as often below as above 1: its logarithm is uniform. */
const factor = (random: Random, largest: number): number => Math.exp(uniform(random, -1, 1) * Math.log(largest))

/** @param reach how many times as far from the centre as the image's corners the map looks, and how many pixels farther */
const affineMove = (reach: { times: number; pixels: number }, draw: (random: Random) => AffineMap): Transformation => ({
  margin: ([height, width]: ImageShape) => {
    const farthest = Math.hypot(height - 1, width - 1) / 2
    return Math.max(0, Math.ceil(farthest * reach.times + reach.pixels - (Math.min(height, width) - 1) / 2))
  },
  move: (random, { sides, pixels }, y, shape) => look(pixels, sides, draw(random), y, shape),
})

/** A rotation about the centre, uniform up to an angle each way. @param largestAngle degrees */
export const rotate = (largestAngle: number): Transformation =>
  affineMove({ times: 1, pixels: 0 }, (random) => rotation(radians(uniform(random, -largestAngle, largestAngle))))

/** A scaling about the centre, as often enlarging as making smaller. */
export const rescale = (largestScale: number): Transformation =>
  affineMove({ times: largestScale, pixels: 0 }, (random) => {
    const inverse = 1 / factor(random, largestScale)
    return scaling(inverse, inverse)
  })

export interface AffineOptions {
  /** Pixels, each way. */
  largestShift: number
  /** Degrees, each way. */
  largestAngle: number
  largestScale: number
}

/** Any affine map: a stretch along two axes at a right angle, however they lie, then a rotation, then a shift. */
export const affine = ({ largestShift, largestAngle, largestScale }: AffineOptions): Transformation =>
  affineMove({ times: largestScale, pixels: largestShift * Math.SQRT2 }, (random) => {
    const axes = uniform(random, 0, Math.PI)
    const stretch = scaling(factor(random, largestScale), factor(random, largestScale))
    const angle = radians(uniform(random, -largestAngle, largestAngle))
    const shift = translation(
      uniform(random, -largestShift, largestShift),
      uniform(random, -largestShift, largestShift),
    )
    return compose(compose(rotation(angle + axes), compose(stretch, rotation(-axes))), shift)
  })

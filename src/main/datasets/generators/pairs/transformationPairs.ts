import type { ImageShape } from '../../../../shared/datasets'
import type { Generator } from '../generator'
import type { Picture, Pictures } from './picture'
import type { Transformation } from './transformation'

/** Tries to draw a picture that is not black all over, which shows no movement. Images of a source may all be black. */
const mostTries = 100

/** Pairs of a picture and the moved picture, seen through the same window. */
export const transformationPairs = ({ shape, begin }: Pictures, { margin, move }: Transformation): Generator => ({
  kind: 'pairs',
  shape,
  targetShape: shape,
  classes: null,
  begin: async (split, random) => {
    const paint = await begin(split, random)
    const around = margin(shape)
    const sides: ImageShape = [shape[0] + 2 * around, shape[1] + 2 * around]
    const picture: Picture = { sides, pixels: new Uint8Array(sides[0] * sides[1]) }
    return (x, y) => {
      for (let tries = 0; tries < mostTries; tries++) {
        paint(picture)
        copyMiddle(picture, x, shape)
        if (x.some((value) => value !== 0)) break
      }
      if (y !== null) move(random, picture, y, shape)
      return 0
    }
  },
})

function copyMiddle({ sides, pixels }: Picture, x: Uint8Array, [rows, columns]: ImageShape): void {
  if (pixels.length === x.length) return x.set(pixels)
  const [top, left] = [(sides[0] - rows) / 2, (sides[1] - columns) / 2]
  for (let row = 0; row < rows; row++) {
    const start = (top + row) * sides[1] + left
    x.set(pixels.subarray(start, start + columns), row * columns)
  }
}

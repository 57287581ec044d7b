import { alike, type Generator } from './generator'

const side = 28
/** Sides that differ by less are drawn again. */
const leastDifference = 3

/**
 * RECT of Larochelle et al. 2007: the white one-pixel outline of a rectangle on black; height and width uniform in 1..28,
 * corner uniform where it fits; class: taller or wider.
 */
export const rectangles: Generator = {
  kind: 'images',
  shape: [side, side],
  targetShape: null,
  classes: ['tall', 'wide'],
  begin: alike((random, x) => {
    let height = 0
    let width = 0
    while (Math.abs(height - width) < leastDifference) {
      height = random.integer(1, side)
      width = random.integer(1, side)
    }
    const top = random.integer(0, side - height)
    const left = random.integer(0, side - width)
    const [bottom, right] = [top + height - 1, left + width - 1]
    for (let column = left; column <= right; column++) {
      x[top * side + column] = 255
      x[bottom * side + column] = 255
    }
    for (let row = top; row <= bottom; row++) {
      x[row * side + left] = 255
      x[row * side + right] = 255
    }
    return height > width ? 0 : 1
  }),
}

import type { Generator } from './generator'

const side = 13
const density = 0.1
const largestShift = 3

/** Pairs of random dots: y is x shifted by up to three pixels each way, uniform; what leaves one edge enters the other. */
export const shifts: Generator = {
  kind: 'pairs',
  shape: [side, side],
  targetShape: [side, side],
  classes: null,
  counts: { train: 20_000, valid: 1000, test: 1000 },
  options: { side, density, largestShift, circular: true },
  draw(random, x, y) {
    let dots = 0
    // An image without a dot shows no shift.
    while (dots === 0) {
      for (let pixel = 0; pixel < x.length; pixel++) {
        x[pixel] = random.uniform() < density ? 255 : 0
        if (x[pixel] !== 0) dots++
      }
    }
    const down = random.integer(-largestShift, largestShift)
    const right = random.integer(-largestShift, largestShift)
    for (let row = 0; row < side; row++) {
      const target = ((row + down + side) % side) * side
      for (let column = 0; column < side; column++) {
        y![target + ((column + right + side) % side)] = x[row * side + column]!
      }
    }
    return 0
  },
}

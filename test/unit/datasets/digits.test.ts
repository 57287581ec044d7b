import { describe, expect, it } from 'vitest'
import { digitsOnNoise, rotatedDigits } from '../../../src/main/datasets/generators/digits'
import { Random } from '../../../src/main/datasets/random'
import type { Source } from '../../../src/main/datasets/source'

const side = 9

/** Every split has images of its own grey; image i of a split has label i. A bar points up from the centre. */
const source: Source = {
  shape: [side, side],
  classes: ['a', 'b', 'c'],
  images: (split) =>
    Promise.resolve({
      n: 3,
      labels: Int32Array.of(0, 1, 2),
      copy: (index, into) => {
        into.fill(0)
        const grey = { train: 100, valid: 150, test: 200 }[split] + index
        for (let row = 0; row <= 4; row++) into[row * side + 4] = grey
      },
    }),
}

describe('digits turned at random', async () => {
  const draw = await rotatedDigits(source).begin('train', new Random(1, 0))
  const drawn = Array.from({ length: 3000 }, () => {
    const x = new Uint8Array(side * side)
    return { label: draw(x, null), x }
  })

  it('keep their labels, their centre, and the split that they come from', () => {
    // The centre pixel does not move: it tells which image was turned.
    expect(drawn.filter(({ x, label }) => x[4 * side + 4] !== 100 + label)).toEqual([])
  })

  it('come each once before any comes again', () => {
    for (let start = 0; start < drawn.length; start += 3) {
      expect(
        drawn
          .slice(start, start + 3)
          .map(({ label }) => label)
          .sort(),
      ).toEqual([0, 1, 2])
    }
  })

  it('point in every direction alike', () => {
    const counts = new Array<number>(8).fill(0)
    for (const { x } of drawn) {
      let [down, right] = [0, 0]
      x.forEach((value, pixel) => {
        down += value * (Math.floor(pixel / side) - 4)
        right += value * ((pixel % side) - 4)
      })
      counts[Math.floor(((Math.atan2(down, right) + 3 * Math.PI) / (Math.PI / 4)) % 8)]!++
    }
    const expected = drawn.length / 8
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 99.99 % of seven degrees of freedom.
    expect(chiSquare).toBeLessThan(29.9)
  })
})

describe('digits on noise', async () => {
  const draw = await digitsOnNoise(source).begin('test', new Random(1, 0))

  it('show the lighter of digit and background, which is uniform', async () => {
    const counts = new Array<number>(256).fill(0)
    const images = 2000
    for (let i = 0; i < images; i++) {
      const x = new Uint8Array(side * side)
      const label = draw(x, null)
      for (let row = 0; row < side; row++) {
        for (let column = 0; column < side; column++) {
          const value = x[row * side + column]!
          if (column === 4 && row <= 4) expect(value).toBeGreaterThanOrEqual(200 + label)
          else counts[value]!++
        }
      }
    }
    const expected = (images * (side * side - 5)) / 256
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // Mean 255, standard deviation 22.6.
    expect(chiSquare).toBeLessThan(255 + 5 * 22.6)
  })
})

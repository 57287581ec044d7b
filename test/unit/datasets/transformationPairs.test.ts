import { describe, expect, it } from 'vitest'
import { compose, look, rotation, scaling, translation } from '../../../src/main/datasets/generators/affineMap'
import { completeOptions, makeGenerator } from '../../../src/main/datasets/generators/makeGenerator'
import { Random } from '../../../src/main/datasets/random'
import type { Source } from '../../../src/main/datasets/source'
import type { GeneratorName, GeneratorOptions } from '../../../src/shared/generators'

interface Pair {
  x: Uint8Array
  y: Uint8Array
}

async function pairsOf(name: GeneratorName, n: number, options: GeneratorOptions, source: Source | null = null) {
  const generator = makeGenerator(name, completeOptions(name, options, source !== null), source)
  const draw = await generator.begin('train', new Random(1, 0))
  const pixels = generator.shape[0] * generator.shape[1]
  return Array.from({ length: n }, (): Pair => {
    const [x, y] = [new Uint8Array(pixels), new Uint8Array(pixels)]
    draw(x, y)
    return { x, y }
  })
}

/** Shifts up to `largest` that make the pixels of y in rows from..to out of x; pixels from beyond the edges count as right. */
function shiftsOf(
  { x, y }: Pair,
  [height, width]: number[],
  largest: number,
  circular: boolean,
  [from, to] = [0, height!],
) {
  const found: string[] = []
  const band = to! - from!
  for (let down = -largest; down <= largest; down++) {
    for (let right = -largest; right <= largest; right++) {
      let same = true
      for (let row = from!; row < to!; row++) {
        for (let column = 0; column < width!; column++) {
          let [fromRow, fromColumn] = [row - down, column - right]
          if (circular) {
            fromRow = from! + ((((fromRow - from!) % band) + band) % band)
            fromColumn = ((fromColumn % width!) + width!) % width!
          }
          const inside = fromRow >= 0 && fromRow < height! && fromColumn >= 0 && fromColumn < width!
          if (inside && x[fromRow * width! + fromColumn] !== y[row * width! + column]) same = false
        }
      }
      if (same) found.push(`${down},${right}`)
    }
  }
  return found
}

const white = ({ x }: Pair) => x.filter((value) => value !== 0).length
const shareOf = (pairs: Pair[], of: (pair: Pair) => Uint8Array) =>
  pairs.reduce((sum, pair) => sum + of(pair).filter((value) => value === 255).length, 0) /
  (pairs.length * pairs[0]!.x.length)

describe('shifts', () => {
  it.each([
    ['circular', true],
    ['with new dots', false],
  ])('%s move every pixel alike, by each of the 49 shifts', async (_, circular) => {
    const pairs = await pairsOf('shifts', 2000, { circular })
    const found = pairs.map((pair) => shiftsOf(pair, [13, 13], 3, circular))
    expect(found.every((possible) => possible.length > 0)).toBe(true)
    expect(new Set(found.flat()).size).toBe(49)
  })

  it.each([true, false])(
    'have a tenth of their pixels white in x and in y, and x is never black (circular %s)',
    async (circular) => {
      const pairs = await pairsOf('shifts', 3000, { circular })
      const tolerance = 5 * Math.sqrt(0.09 / (pairs.length * 169))
      expect(Math.abs(shareOf(pairs, ({ x }) => x) - 0.1)).toBeLessThan(tolerance)
      expect(Math.abs(shareOf(pairs, ({ y }) => y) - 0.1)).toBeLessThan(tolerance)
      expect(Math.min(...pairs.map(white))).toBeGreaterThan(0)
    },
  )

  it('take other fields, densities and ranges', async () => {
    const pairs = await pairsOf('shifts', 1000, { shape: [6, 20], density: 0.4, largestShift: 1 })
    expect(pairs[0]!.x).toHaveLength(120)
    expect(Math.abs(shareOf(pairs, ({ x }) => x) - 0.4)).toBeLessThan(5 * Math.sqrt(0.24 / (pairs.length * 120)))
    expect(new Set(pairs.flatMap((pair) => shiftsOf(pair, [6, 20], 3, true))).size).toBe(9)
  })

  it('go round more than once where the range is larger than the field', async () => {
    const pairs = await pairsOf('shifts', 200, { shape: [3, 3], largestShift: 7 })
    expect(pairs.every((pair) => shiftsOf(pair, [3, 3], 1, true).length > 0)).toBe(true)
  })
})

describe('split shifts', () => {
  it.each([true, false])('move the halves independently (circular %s)', async (circular) => {
    const pairs = await pairsOf('split', 3000, { circular })
    const shiftsOfBand = (from: number, to: number) =>
      pairs.map((pair) => shiftsOf(pair, [13, 13], 2, circular, [from, to]))
    const [upper, lower] = [shiftsOfBand(0, 6), shiftsOfBand(6, 13)]
    expect([...upper, ...lower].every((possible) => possible.length > 0)).toBe(true)
    const both = upper.flatMap((possible, at) =>
      possible.length === 1 && lower[at]!.length === 1 ? [`${possible[0]} ${lower[at]![0]}`] : [],
    )
    // 25 shifts of each half: most of the 625 combinations are among 3000.
    expect(new Set(both).size).toBeGreaterThan(500)
  })
})

describe('affine maps', () => {
  const square = (n: number) => Uint8Array.from({ length: n * n }, (_, i) => (i * 37) % 256)

  it('look at a picture unchanged, turned by a right angle, shifted', () => {
    const picture = square(5)
    const seen = (map: Parameters<typeof look>[2]) => {
      const out = new Uint8Array(25)
      look(picture, [5, 5], map, out, [5, 5])
      return out
    }
    expect(seen(rotation(0))).toEqual(picture)
    expect(seen(rotation(Math.PI / 2))[0]).toBe(picture[20])
    expect(seen(rotation(Math.PI))).toEqual(picture.slice().reverse())
    expect(seen(translation(1, 0)).slice(0, 20)).toEqual(picture.slice(5))
    expect([...seen(translation(1, 0)).slice(20)]).toEqual([0, 0, 0, 0, 0])
  })

  it('are bilinear between pixels', () => {
    const out = new Uint8Array(1)
    look(Uint8Array.of(0, 100, 200, 60), [2, 2], scaling(1, 1), out, [1, 1])
    expect(out[0]).toBe(90)
    look(Uint8Array.of(0, 100, 200, 60), [2, 2], translation(0.25, -0.5), out, [1, 1])
    expect(out[0]).toBe(150)
  })

  it('compose: the second looks at what the first made', () => {
    const map = compose(rotation(0.3), compose(scaling(1.2, 0.7), translation(0.5, -2)))
    const at = ({ rr, rc, cr, cc, r, c }: typeof map, [row, column]: [number, number]): [number, number] => [
      rr * row + rc * column + r,
      cr * row + cc * column + c,
    ]
    const steps = at(rotation(0.3), at(scaling(1.2, 0.7), at(translation(0.5, -2), [3, 1])))
    at(map, [3, 1]).forEach((value, axis) => expect(value).toBeCloseTo(steps[axis]!, 12))
  })
})

/** A white disc away from the centre on every image. */
const disc: Source = {
  shape: [21, 21],
  classes: null,
  images: () =>
    Promise.resolve({
      n: 1,
      labels: null,
      copy: (_, into) =>
        into.forEach((_, i) => (into[i] = Math.hypot(Math.floor(i / 21) - 10, (i % 21) - 15) <= 2 ? 255 : 0)),
    }),
}

/** Centre of mass about the image's centre, and mass. */
function mass(image: Uint8Array) {
  let [down, right, total] = [0, 0, 0]
  image.forEach((value, i) => {
    down += value * (Math.floor(i / 21) - 10)
    right += value * ((i % 21) - 10)
    total += value
  })
  return { down: down / total, right: right / total, total: total / 255, radius: Math.hypot(down, right) / total }
}

describe('pairs of a source', () => {
  it('rotations turn about the centre, by every angle in the range', async () => {
    const pairs = await pairsOf('rotations', 500, { largestAngle: 90 }, disc)
    const found = pairs.map(({ y }) => mass(y))
    for (const { radius, total } of found) {
      expect(Math.abs(radius - 5)).toBeLessThan(0.1)
      expect(Math.abs(total - 13)).toBeLessThan(0.7)
    }
    const angles = found.map(({ down, right }) => (Math.atan2(down, right) * 180) / Math.PI)
    expect(Math.max(...angles)).toBeGreaterThan(85)
    expect(Math.min(...angles)).toBeLessThan(-85)
    expect(Math.max(...angles.map(Math.abs))).toBeLessThan(91)
  })

  it('scalings keep directions and scale areas by the square', async () => {
    const pairs = await pairsOf('scalings', 500, { largestScale: 1.5 }, disc)
    const factors = pairs.map(({ y }) => {
      const { down, radius, total } = mass(y)
      expect(Math.abs(down)).toBeLessThan(0.1)
      expect(Math.abs(Math.sqrt(total / 13) - radius / 5)).toBeLessThan(0.06)
      return radius / 5
    })
    expect(Math.max(...factors)).toBeGreaterThan(1.45)
    expect(Math.min(...factors)).toBeLessThan(1 / 1.45)
    const larger = factors.filter((factor) => factor > 1).length
    expect(Math.abs(larger / 500 - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / 500))
  })

  it('affine maps do all of it', async () => {
    const pairs = await pairsOf('affine', 300, {}, disc)
    const found = pairs.map(({ y }) => mass(y))
    expect(Math.min(...found.map(({ total }) => total))).toBeLessThan(13 / 1.4)
    expect(Math.max(...found.map(({ total }) => total))).toBeGreaterThan(13 * 1.4)
    expect(new Set(found.map(({ down }) => Math.sign(Math.round(down)))).size).toBe(3)
  })

  it('shifts let black enter, unless circular', async () => {
    const shifted = await pairsOf('shifts', 200, { circular: false, largestShift: 9 }, disc)
    expect(Math.min(...shifted.map(({ y }) => y.filter((value) => value > 0).length))).toBe(0)
    const round = await pairsOf('shifts', 200, { circular: true, largestShift: 9 }, disc)
    expect(new Set(round.map(({ y }) => y.filter((value) => value > 0).length))).toEqual(new Set([13]))
  })

  it.each(['rotations', 'scalings', 'affine'] as const)('%s of dots fill the corners with dots', async (name) => {
    const options = name === 'rotations' ? {} : { largestScale: 2 }
    const pairs = await pairsOf(name, 2000, options)
    const mean = (pixels: number[]) =>
      pairs.reduce((sum, { y }) => sum + pixels.reduce((all, pixel) => all + y[pixel]!, 0), 0) /
      pairs.length /
      pixels.length
    const [corners, middle] = [mean([0, 12, 156, 168]), mean([69, 71, 97, 99])]
    expect(corners / 25.5).toBeGreaterThan(0.85)
    expect(corners / 25.5).toBeLessThan(1.15)
    expect(middle / 25.5).toBeGreaterThan(0.85)
  })

  it('do not wait for ever for an image that is not black', async () => {
    const black: Source = {
      ...disc,
      images: () => Promise.resolve({ n: 1, labels: null, copy: (_, into) => into.fill(0) }),
    }
    expect(await pairsOf('shifts', 1, {}, black)).toHaveLength(1)
  })
})

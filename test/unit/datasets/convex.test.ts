import { describe, expect, it } from 'vitest'
import { convex } from '../../../src/main/datasets/generators/convex'
import { countPixels, cut, isConvex, wholeSquare } from '../../../src/main/datasets/generators/convexRows'
import { Random } from '../../../src/main/datasets/random'

const side = 28
const image = (...rows: string[]) =>
  Uint8Array.from(rows.flatMap((row) => [...row].map((character) => (character === '#' ? 255 : 0))))

describe('a half-plane', () => {
  it('cuts off the pixels that lie outside it, whatever its angle', () => {
    const random = new Random(1, 0)
    for (let trial = 0; trial < 200; trial++) {
      const [row, column] = [random.uniform() * 9 - 0.5, random.uniform() * 9 - 0.5]
      const angle = trial < 8 ? (trial * Math.PI) / 4 : random.uniform() * 2 * Math.PI
      const inside = Array.from({ length: 81 }, (_, pixel) => {
        const across = ((pixel % 9) - column) * Math.cos(angle) + (Math.floor(pixel / 9) - row) * Math.sin(angle)
        return across >= 0
      })
      expect(countPixels(cut(wholeSquare(9), { row, column, angle }))).toBe(inside.filter(Boolean).length)
    }
  })
})

describe('convexity', () => {
  it.each([
    ['nothing', image('...', '...', '...'), true],
    ['a point', image('...', '.#.', '...'), true],
    ['a slanted line of pixels', image('#..', '.#.', '..#'), true],
    ['a triangle', image('#...', '##..', '###.', '####'), true],
    ['two points apart', image('#.#', '...', '...'), false],
    ['two points whose line goes through no pixel', image('#..', '..#', '...'), true],
    ['a hole', image('###', '#.#', '###'), false],
    ['a bay', image('#.#', '###', '...'), false],
    ['an empty row between', image('.#.', '...', '.#.'), false],
    ['a dent in a slanted side', image('#....', '#....', '##...', '####.', '#####'), false],
  ])('of %s', (_, pixels, expected) => {
    expect(isConvex(pixels, Math.sqrt(pixels.length))).toBe(expected)
  })

  it('agrees with the pixels of all triangles between white pixels', () => {
    const random = new Random(2, 0)
    const small = 5
    let convexOnes = 0
    for (let trial = 0; trial < 500; trial++) {
      const pixels = new Uint8Array(small * small)
      for (let painted = random.integer(1, 6); painted > 0; painted--) pixels[random.integer(0, 24)] = 255
      const white = [...pixels.keys()].filter((pixel) => pixels[pixel] !== 0)
      const inTriangle = (p: number, corners: number[]) => {
        const at = (pixel: number) => [Math.floor(pixel / small), pixel % small] as const
        const turn = (a: number, b: number) => {
          const [[ar, ac], [br, bc], [pr, pc]] = [at(a), at(b), at(p)]
          return Math.sign((bc - ac) * (pr - ar) - (br - ar) * (pc - ac))
        }
        const [a, b, c] = corners as [number, number, number]
        const turns = [turn(a, b), turn(b, c), turn(c, a)]
        if (turns.every((sign) => sign === 0)) return between(p, corners)
        return !(turns.includes(1) && turns.includes(-1))
      }
      const between = (p: number, corners: number[]) => {
        const axis = (of: (pixel: number) => number) => {
          const values = corners.map(of)
          return of(p) >= Math.min(...values) && of(p) <= Math.max(...values)
        }
        return axis((pixel) => Math.floor(pixel / small)) && axis((pixel) => pixel % small)
      }
      const hull = [...pixels.keys()].filter((p) =>
        white.some((a) => white.some((b) => white.some((c) => inTriangle(p, [a, b, c])))),
      )
      const expected = hull.length === white.length
      if (expected) convexOnes++
      expect(isConvex(pixels, small), `${white.join()}`).toBe(expected)
    }
    expect(convexOnes).toBeGreaterThan(80)
    expect(convexOnes).toBeLessThan(420)
  })
})

describe('CONVEX', async () => {
  const n = 20_000
  const draw = await convex.begin('train', new Random(1, 0))
  const drawn = Array.from({ length: n }, () => {
    const x = new Uint8Array(side * side)
    const label = draw(x, null)
    return { x, label, white: x.reduce((count, value) => count + (value === 255 ? 1 : 0), 0) }
  })
  const ofClass = (label: number) => drawn.filter((one) => one.label === label)
  const mean = (label: number) => ofClass(label).reduce((sum, { white }) => sum + white, 0) / ofClass(label).length

  it('is black and white, and its labels say what is convex', () => {
    expect(drawn.filter(({ x }) => x.some((value) => value !== 0 && value !== 255))).toEqual([])
    expect(drawn.filter(({ x, label }) => isConvex(x, side) !== (label === 0))).toEqual([])
  })

  it('has both classes alike', () => {
    expect(Math.abs(ofClass(0).length / n - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / n))
  })

  it('leaves no fewer than 19 pixels to a convex set and 10 to a union', () => {
    expect(Math.min(...ofClass(0).map(({ white }) => white))).toBe(19)
    expect(Math.min(...ofClass(1).map(({ white }) => white))).toBeGreaterThanOrEqual(11)
  })

  it('has about as many white pixels in either class, so that their number tells little', () => {
    // 161 and 167 were published; the standard error of a mean here is 1.1.
    expect(Math.abs(mean(0) - 161)).toBeLessThan(6)
    expect(Math.abs(mean(1) - 167)).toBeLessThan(12)
    const counts = drawn.map(({ white }) => white).sort((a, b) => a - b)
    const errors = counts
      .filter((_, index) => index % 200 === 0)
      .map((threshold) => drawn.filter(({ white, label }) => white > threshold === (label === 0)).length / n)
    const best = Math.max(...errors.map((error) => Math.max(error, 1 - error)))
    expect(best).toBeLessThan(0.62)
  })
})

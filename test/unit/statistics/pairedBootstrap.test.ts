import { describe, expect, it } from 'vitest'
import { Random } from '../../../src/main/datasets/random'
import { binomialDraw } from '../../../src/main/statistics/binomialDraw'
import { clusteredBootstrap } from '../../../src/main/statistics/clusteredBootstrap'
import { pairedBootstrap } from '../../../src/main/statistics/pairedBootstrap'

const drawn = (seed = 1) => {
  const random = new Random(seed, 0)
  return () => random.uniform()
}

/** Every sample with replacement of k units, each as likely: the sorted differences of the errors. */
function allSamples(units: readonly { a: number; b: number; size: number }[]): number[] {
  const k = units.length
  const differences = Array.from({ length: k ** k }, (_, sample) => {
    const total = { wrong: 0, size: 0 }
    for (let draw = 0, rest = sample; draw < k; draw++, rest = Math.floor(rest / k)) {
      const unit = units[rest % k]!
      total.wrong += unit.a - unit.b
      total.size += unit.size
    }
    return total.wrong / total.size
  })
  return differences.sort((one, other) => one - other)
}

const at = (sorted: number[], share: number) => sorted[Math.floor(share * sorted.length)]!

describe('the paired bootstrap', () => {
  it('has the ends of all samples that can be drawn', () => {
    const images = [1, 1, 1, 1, -1, 0].map((difference) => ({ a: difference, b: 0, size: 1 }))
    const all = allSamples(images)
    const [low, high] = pairedBootstrap({ n: 6, onlyA: 4, onlyB: 1 }, drawn())
    // 10,000 samples know a share of 2.5 % to 0.16 %, one standard error; both ends are one value over more than that.
    expect([low, high]).toEqual([at(all, 0.025), at(all, 0.975)].map((end) => expect.closeTo(end, 12)))
    expect([low, high]).toEqual([at(all, 0.031), at(all, 0.969)].map((end) => expect.closeTo(end, 12)))
    expect([low, high]).toEqual([at(all, 0.019), at(all, 0.981)].map((end) => expect.closeTo(end, 12)))
  })

  it.each([
    { n: 300, onlyA: 60, onlyB: 30 },
    { n: 50_000, onlyA: 900, onlyB: 1300 },
    { n: 10_000, onlyA: 25, onlyB: 25 },
  ])('comes to what normal theory gives for many images: %o', (errors) => {
    const { n, onlyA, onlyB } = errors
    const mean = (onlyA - onlyB) / n
    const deviation = Math.sqrt(((onlyA + onlyB) / n - mean ** 2) / n)
    const ends = pairedBootstrap(errors, drawn()).map((end) => (end - mean) / deviation)
    // To the chance of 10,000 samples (0.03), the grain of one image, and skewness.
    for (const [index, end] of ends.entries()) expect(Math.abs(end - [-1.96, 1.96][index]!)).toBeLessThan(0.2)
  })

  it('gives the same again by its seed, with the signs changed where a and b change places', () => {
    const interval = pairedBootstrap({ n: 300, onlyA: 60, onlyB: 30 }, drawn())
    expect(pairedBootstrap({ n: 300, onlyA: 60, onlyB: 30 }, drawn())).toEqual(interval)
    expect(pairedBootstrap({ n: 300, onlyA: 30, onlyB: 60 }, drawn())).toEqual([-interval[1], -interval[0]])
    const others = [2, 3, 4, 5].map((seed) => pairedBootstrap({ n: 300, onlyA: 60, onlyB: 30 }, drawn(seed)))
    expect(others.some((other) => other.join() !== interval.join())).toBe(true)
  })

  it('is one point where the classifiers err alike, or where one errs always and the other never', () => {
    expect(pairedBootstrap({ n: 7, onlyA: 0, onlyB: 0 }, drawn())).toEqual([0, 0])
    expect(pairedBootstrap({ n: 7, onlyA: 7, onlyB: 0 }, drawn())).toEqual([1, 1])
  })
})

describe('the bootstrap of images that were varied from others', () => {
  const wrong = [
    [1, 0, 0, 1, 1, 1, 0],
    [0, 1, 1, 1, 0, 0, 0],
  ]
  const sources = [9, 4, 4, 7, 7, 7, 7]

  it('draws what was made of one image together', async () => {
    const units = [
      { a: 1, b: 0, size: 1 },
      { a: 0, b: 2, size: 2 },
      { a: 3, b: 1, size: 4 },
    ]
    const all = allSamples(units)
    // One of 27 samples is 3.7 %: each end is the outermost.
    const interval = await clusteredBootstrap(wrong, sources, drawn())
    expect(interval(0, 1)).toEqual([all[0]!, all.at(-1)!].map((end) => expect.closeTo(end, 12)))
    expect(interval(1, 0)).toEqual([-interval(0, 1)[1], -interval(0, 1)[0]])
  })

  it('of sources of one image each is that of images', async () => {
    const images = Array.from({ length: 300 }, (_, image) => image)
    const errors = [images.map((image) => Number(image < 90)), images.map((image) => Number(image > 59 && image < 120))]
    const [low, high] = (await clusteredBootstrap(errors, images, drawn()))(0, 1)
    const [one, other] = pairedBootstrap({ n: 300, onlyA: 60, onlyB: 30 }, drawn())
    expect([Math.abs(low - one), Math.abs(high - other)].every((apart) => apart < 2.5 / 300)).toBe(true)
  })
})

it('a binomial draw inverts the distribution function', () => {
  for (const [n, p] of [
    [1, 0.3],
    [12, 0.5],
    [40, 0.03],
  ] as const) {
    const draw = binomialDraw(n, p)
    let [below, term] = [0, (1 - p) ** n]
    for (let k = 0; k <= n && below + term < 1 - 1e-9; k++) {
      if (term > 1e-9) expect([draw(below + term * 1e-6), draw(below + term * (1 - 1e-6))]).toEqual([k, k])
      below += term
      term *= ((n - k) / (k + 1)) * (p / (1 - p))
    }
  }
  expect([binomialDraw(5, 0)(0.5), binomialDraw(5, 1)(0.5), binomialDraw(0, 0.5)(0.5)]).toEqual([0, 5, 0])
})

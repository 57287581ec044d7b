import { describe, expect, it } from 'vitest'
import { Random } from '../../../src/main/datasets/random'
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
  const a = [1, 1, 1, 1, 0, 1]
  const b = [0, 0, 0, 0, 1, 1]

  it('has the ends of all samples that can be drawn', () => {
    const all = allSamples(a.map((wrong, image) => ({ a: wrong, b: b[image]!, size: 1 })))
    const [low, high] = pairedBootstrap([a, b], null, drawn())(0, 1)
    // 10,000 samples know a share of 2.5 % to 0.16 %, one standard error.
    for (const [end, share] of [
      [low, 0.025],
      [high, 0.975],
    ] as const) {
      expect(all.some((value) => Math.abs(value - end) < 1e-12)).toBe(true)
      expect(end).toBeGreaterThanOrEqual(at(all, share - 0.006) - 1e-12)
      expect(end).toBeLessThanOrEqual(at(all, share + 0.006) + 1e-12)
    }
    // The lower end is one value over all that range.
    expect([at(all, 0.019), at(all, 0.031)]).toEqual([low, low].map((end) => expect.closeTo(end, 12)))
  })

  it('draws what was made of one image together', () => {
    const units = [
      { a: 1, b: 0, size: 1 },
      { a: 0, b: 2, size: 2 },
      { a: 3, b: 1, size: 4 },
    ]
    const all = allSamples(units)
    const wrong = [
      [1, 0, 0, 1, 1, 1, 0],
      [0, 1, 1, 1, 0, 0, 0],
    ]
    // One of 27 samples is 3.7 %: each end is the outermost.
    const interval = pairedBootstrap(wrong, [9, 4, 4, 7, 7, 7, 7], drawn())(0, 1)
    expect(interval).toEqual([expect.closeTo(all[0]!, 12), expect.closeTo(all.at(-1)!, 12)])
    expect(interval).not.toEqual(pairedBootstrap(wrong, null, drawn())(0, 1))
  })

  it('gives the same again by its seed, with the signs changed where a and b change places', () => {
    const images = Array.from(
      { length: 300 },
      (_, image) => [Number(image % 3 === 0), Number(image % 7 === 0)] as const,
    )
    const wrong = [images.map(([one]) => one), images.map(([, other]) => other), images.map(() => 0)]
    const interval = pairedBootstrap(wrong, null, drawn())
    expect(pairedBootstrap(wrong.slice(0, 2), null, drawn())(0, 1)).toEqual(interval(0, 1))
    expect(interval(1, 0)).toEqual([-interval(0, 1)[1], -interval(0, 1)[0]])
    expect(pairedBootstrap(wrong, null, drawn(2))(0, 1)).not.toEqual(interval(0, 1))
    // Normal theory: d ± 1.96 sqrt(var(d_i) / n), to the grain of 1/n and the chance of the samples.
    const differences = images.map(([one, other]) => one - other)
    const mean = differences.reduce((sum, d) => sum + d) / 300
    const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 300
    const half = 1.96 * Math.sqrt(variance / 300)
    const [low, high] = interval(0, 1)
    expect(Math.abs(low - (mean - half))).toBeLessThan(0.006)
    expect(Math.abs(high - (mean + half))).toBeLessThan(0.006)
  })

  it('is one point where two classifiers err alike', () => {
    expect(pairedBootstrap([a, a], null, drawn())(0, 1)).toEqual([0, 0])
  })
})

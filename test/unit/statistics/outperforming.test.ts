import { describe, expect, it } from 'vitest'
import { Random } from '../../../src/main/datasets/random'
import { outperforming, outperformingOfPairs, verdictOf } from '../../../src/main/statistics/outperforming'

const drawn = () => {
  const random = new Random(1, 0)
  return () => random.uniform()
}

/** Every sample with replacement of n values, each as likely. */
const samples = <T>(values: readonly T[]): T[][] =>
  Array.from({ length: values.length ** values.length }, (_, sample) =>
    values.map((_, place) => values[Math.floor(sample / values.length ** place) % values.length]!),
  )
const better = (difference: number) => (difference < 0 ? 1 : difference > 0 ? 0 : 0.5)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const sorted = (values: number[]) => values.sort((a, b) => a - b)
const at = (values: number[], share: number) => values[Math.floor(share * values.length)]!

describe('P(A better than B)', () => {
  it('of pairs counts ties half, and has the ends of all samples that can be drawn', () => {
    const differences = [-0.2, -0.1, 0, 0.3, -0.4, -0.1]
    const all = sorted(samples(differences).map((sample) => mean(sample.map(better))))
    const { probability, interval } = outperformingOfPairs(differences, drawn())
    expect(probability).toBeCloseTo(4.5 / 6, 12)
    expect(interval).toEqual([at(all, 0.025), at(all, 0.975)].map((end) => expect.closeTo(end, 12)))
  })

  it('of lots that are not paired is the share of all pairs, and has the ends of all samples too', () => {
    const [a, b] = [
      [0.1, 0.3, 0.25, 0.1],
      [0.3, 0.2, 0.4],
    ]
    const share = (one: readonly number[], other: readonly number[]) =>
      mean(one.flatMap((x) => other.map((y) => better(x - y))))
    const ofB = samples(b)
    const all = sorted(samples(a).flatMap((one) => ofB.map((other) => share(one, other))))
    const { probability, interval } = outperforming(a, b, drawn())
    expect(probability).toBeCloseTo(9.5 / 12, 12)
    expect(probability).toBeCloseTo(share(a, b), 12)
    expect(interval).toEqual([at(all, 0.025), at(all, 0.975)].map((end) => expect.closeTo(end, 12)))
    expect(outperforming(b, a, drawn()).probability).toBeCloseTo(1 - probability, 12)
  })

  it('is significant on one side of 1/2, meaningful where it reaches beyond 3/4', () => {
    const of = (low: number, high: number) => verdictOf({ probability: (low + high) / 2, interval: [low, high] }, 29)
    expect(of(0.45, 0.9)).toBe('undecided')
    expect(of(0.5, 0.9)).toBe('undecided')
    expect(of(0.52, 0.7)).toBe('significant')
    expect(of(0.52, 0.8)).toBe('meaningful')
    expect(of(0.3, 0.48)).toBe('significant')
    expect(of(0.1, 0.48)).toBe('meaningful')
  })

  it('is not told of so few runs that the clearest result could be chance', () => {
    const clear = { probability: 1, interval: [1, 1] as [number, number] }
    // Exact sign test: 2 / 2^5 = 0.0625, 2 / 2^6 = 0.031. Of ranks: 2 / 20 = 0.1, 2 / 35 = 0.057, 2 / 70 = 0.029.
    expect([verdictOf(clear, 5), verdictOf(clear, 6)]).toEqual(['few', 'meaningful'])
    expect([verdictOf(clear, [3, 3]), verdictOf(clear, [3, 4]), verdictOf(clear, [4, 4])]).toEqual([
      'few',
      'few',
      'meaningful',
    ])
  })
})

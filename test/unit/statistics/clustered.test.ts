import { describe, expect, it } from 'vitest'
import { shareInterval } from '../../../src/main/statistics/clustered'
import { wilsonInterval } from '../../../src/main/statistics/wilson'

/** 1,000 images, ten variations each; `wrong` says which variations of which image fail. */
const varied = (wrong: (image: number, variation: number) => boolean) => ({
  successes: Uint8Array.from({ length: 10_000 }, (_, row) => Number(wrong(Math.floor(row / 10), row % 10))),
  clusters: Int32Array.from({ length: 10_000 }, (_, row) => Math.floor(row / 10)),
})

describe('the interval of a share', () => {
  it('is that of one trial an image where all variations of an image fail together', () => {
    const { successes, clusters } = varied((image) => image % 20 === 0)
    const { interval, clusters: k } = shareInterval(successes, clusters)
    expect(k).toBe(1000)
    const [low, high] = wilsonInterval(50, 1000)
    expect(interval[0]).toBeCloseTo(low, 4)
    expect(interval[1]).toBeCloseTo(high, 4)
  })

  it('lies between where half of the variations of some images fail: a design effect of five', () => {
    const { successes, clusters } = varied((image, variation) => image % 10 === 0 && variation < 5)
    // Variance between clusters of the share 0.05: Σ (m_k - 0.5)² / n², by 0.05 · 0.95 / n.
    const between = (100 * 4.5 ** 2 + 900 * 0.5 ** 2) / 1e8
    const effect = (between * 1000) / 999 / ((0.05 * 0.95) / 10_000)
    expect(effect).toBeCloseTo(4.74, 2)
    const { interval } = shareInterval(successes, clusters)
    const n = 10_000 / effect
    expect(interval).toEqual(wilsonInterval(0.05 * n, n).map((end) => expect.closeTo(end, 10)))
  })

  it('is Wilson’s of all trials without clusters, or where each is one of its own', () => {
    const successes = [1, 0, 0, 1, 0]
    const plain = { interval: wilsonInterval(2, 5), clusters: null, effective: 5 }
    expect(shareInterval(successes, null)).toEqual(plain)
    expect(shareInterval(successes, [5, 3, 1, 0, 2])).toEqual(plain)
  })

  it('takes a cluster as one trial where none or all succeed', () => {
    expect(shareInterval([0, 0, 0, 0], [1, 1, 2, 2])).toEqual({
      interval: wilsonInterval(0, 2),
      clusters: 2,
      effective: 2,
    })
    expect(shareInterval([1, 1, 1, 1], [1, 1, 2, 2])).toEqual({
      interval: wilsonInterval(2, 2),
      clusters: 2,
      effective: 2,
    })
  })
})

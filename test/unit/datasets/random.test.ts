import { describe, expect, it } from 'vitest'
import { Random } from '../../../src/main/datasets/random'

describe('random numbers of datasets', () => {
  it('depend on seed and stream alone', () => {
    const words = (seed: number, stream: number) => {
      const random = new Random(seed, stream)
      return Array.from({ length: 5 }, () => random.word())
    }
    expect(words(1, 0)).toEqual(words(1, 0))
    const all = [words(1, 0), words(1, 1), words(2, 0), words(0, 0), words(4_294_967_295, 3)]
    expect(new Set(all.flat()).size).toBe(25)
  })

  it('are uniform, and streams do not go together', () => {
    const [a, b] = [new Random(7, 0), new Random(7, 1)]
    const n = 100_000
    let [sum, product] = [0, 0]
    for (let i = 0; i < n; i++) {
      const [u, v] = [a.uniform(), b.uniform()]
      sum += u
      product += (u - 0.5) * (v - 0.5)
    }
    // Five standard errors: sqrt(1/12/n) of the mean, 1/12/sqrt(n) of the product.
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(product / n)).toBeLessThan(5 / 12 / Math.sqrt(n))
  })

  it('give every whole number of a range alike', () => {
    const random = new Random(3, 0)
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[random.integer(-3, 3) + 3]!++
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    // 99.99 % of six degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9)
  })

  it('count tries until a success', () => {
    const random = new Random(5, 0)
    const n = 50_000
    const counts = [0, 0, 0]
    let sum = 0
    for (let i = 0; i < n; i++) {
      const tries = random.geometric(0.3)
      sum += tries
      if (tries <= 3) counts[tries - 1]!++
    }
    expect(Math.abs(sum / n - 1 / 0.3)).toBeLessThan(5 * Math.sqrt(0.7 / 0.09 / n))
    for (const [at, p] of [0.3, 0.21, 0.147].entries()) {
      expect(Math.abs(counts[at]! / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n))
    }
  })

  it('permute every element', () => {
    const order = new Random(1, 0).permutation(1000)
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect([...order]).not.toEqual([...new Random(2, 0).permutation(1000)])
  })
})

import { describe, expect, it } from 'vitest'
import { exactMcNemar } from '../../../src/main/statistics/mcnemar'

/** 2 P(X <= k), X ~ Binomial(n, 1/2), in whole numbers until the last division. */
function exactly(k: number, n: number): number {
  let [term, sum] = [1n, 0n]
  for (let i = 0; i <= k; i++) {
    sum += term
    term = (term * BigInt(n - i)) / BigInt(i + 1)
  }
  const digits = 2n ** 80n
  return Number((2n * sum * digits) / 2n ** BigInt(n)) / Number(digits)
}

describe("McNemar's exact test", () => {
  it.each([
    // Both as printed, exact conditional, by Fagerland, Lydersen & Laake 2013, BMC Med. Res. Methodol. 13:91.
    ['airway hyper-responsiveness before and after transplantation (Bentur et al.)', 1, 7, 0.0703],
    ['complete response before and after consolidation therapy (Cavo et al.)', 6, 16, 0.0525],
  ])('gives the published p of %s', async (_, onlyA, onlyB, p) => {
    expect(await exactMcNemar(onlyA, onlyB)).toBeCloseTo(p, 4)
    expect(await exactMcNemar(onlyB, onlyA)).toBeCloseTo(p, 4)
  })

  it('is the sum of binomials for all small counts', async () => {
    for (let n = 1; n <= 30; n++) {
      for (let onlyA = 0; onlyA <= n; onlyA++) {
        const p = Math.min(1, exactly(Math.min(onlyA, n - onlyA), n))
        expect(Math.abs((await exactMcNemar(onlyA, n - onlyA)) / p - 1), `${onlyA}, ${n - onlyA}`).toBeLessThan(1e-12)
      }
    }
  })

  it.each([
    [40, 90],
    [980, 1100],
    [9800, 10_200],
  ])('is that sum for %i and %i images', async (onlyA, onlyB) => {
    const p = exactly(onlyA, onlyA + onlyB)
    expect(Math.abs((await exactMcNemar(onlyA, onlyB)) / p - 1)).toBeLessThan(1e-9)
  })

  it('keeps its digits far out, and is 1 where nothing speaks for either', async () => {
    expect(await exactMcNemar(0, 200)).toBeCloseTo(2 ** -199, 70)
    expect((await exactMcNemar(0, 200)) / 2 ** -199).toBeCloseTo(1, 9)
    expect(await exactMcNemar(0, 0)).toBe(1)
    expect(await exactMcNemar(7, 7)).toBe(1)
    expect(await exactMcNemar(0, 1)).toBe(1)
  })
})

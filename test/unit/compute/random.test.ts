import { describe, expect, it } from 'vitest'
import {
  fillKeepFlags,
  fillNoise,
  fillSaltAndPepper,
  gaussians,
  keepFlags,
  permutation,
  uniforms,
} from '../../../src/main/compute/random'

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length
const correlation = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb)
    aa += (a[i] - ma) ** 2
    bb += (b[i] - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}
const count = 100_000
/** Five standard errors of a correlation of independent numbers. */
const chance = 5 / Math.sqrt(count)

describe('keepFlags', () => {
  it.each([0.01, 0.3, 0.5, 0.95])('masks a share of %s', (level) => {
    const error = Math.sqrt((level * (1 - level)) / count)
    const flags = keepFlags(1, 2, 3, count, level)
    expect(Math.abs(1 - mean(flags) - level)).toBeLessThan(5 * error + 2 ** -17)
    expect(flags.every((flag) => flag === 0 || flag === 1)).toBe(true)
  })

  it('keeps everything at level 0 and nothing at level 1', () => {
    expect(keepFlags(1, 2, 3, 101, 0).every((flag) => flag === 1)).toBe(true)
    expect(keepFlags(1, 2, 3, 101, 1).every((flag) => flag === 0)).toBe(true)
  })

  it('masks each pixel as often over many steps', () => {
    const [pixels, steps] = [200, 4000]
    const sums = new Float64Array(pixels)
    for (let step = 0; step < steps; step++) keepFlags(5, 1, step, pixels, 0.3).forEach((flag, i) => (sums[i] += flag))
    const variance = steps * 0.3 * 0.7
    const chiSquare = sums.reduce((total, sum) => total + (sum - steps * 0.7) ** 2 / variance, 0)
    // 200 degrees of freedom: mean 200, standard deviation 20.
    expect(Math.abs(chiSquare - pixels)).toBeLessThan(100)
  })

  it('draws neighbours, steps, streams and seeds independently', () => {
    const flags = keepFlags(1, 2, 3, count + 64, 0.3)
    const others = [keepFlags(1, 2, 4, count, 0.3), keepFlags(1, 3, 3, count, 0.3), keepFlags(2, 2, 3, count, 0.3)]
    for (const other of others) expect(Math.abs(correlation(flags.subarray(0, count), other))).toBeLessThan(chance)
    for (const lag of [1, 2, 3, 4, 28, 64]) {
      const shifted = flags.subarray(lag, lag + count)
      expect(Math.abs(correlation(flags.subarray(0, count), shifted))).toBeLessThan(chance)
    }
  })

  it('depends on nothing but seed, stream and step', () => {
    const whole = new Uint8Array(3 * 50)
    for (let step = 0; step < 3; step++) fillKeepFlags(whole.subarray(50 * step, 50 * (step + 1)), 9, 4, step, 0.3)
    expect(whole.slice(50, 100)).toEqual(keepFlags(9, 4, 1, 50, 0.3))
    expect(keepFlags(9, 4, 1, 49, 0.3)).toEqual(keepFlags(9, 4, 1, 50, 0.3).slice(0, 49))
  })

  it('draws what it drew in earlier versions, so that old runs can be resumed', () => {
    expect(Array.from(keepFlags(1, 2, 3, 16, 0.5)).join('')).toBe('1110011101111100')
    expect(Array.from(permutation(1, 2, 3, 10)).join()).toBe('3,2,8,7,4,0,9,1,6,5')
  })
})

describe('fillSaltAndPepper', () => {
  const codes = (level: number, size = count, step = 3) => {
    const filled = new Uint8Array(size)
    fillSaltAndPepper(filled, 1, 2, step, level)
    return filled
  }

  it.each([0.01, 0.3, 0.5, 0.95])('sets a share of %s, half to each end', (level) => {
    const share = (code: number) => mean(codes(level).map((found) => (found === code ? 1 : 0)))
    const error = Math.sqrt((level * (1 - level)) / count)
    expect(Math.abs(1 - share(1) - level)).toBeLessThan(5 * error + 2 ** -17)
    expect(Math.abs(share(0) - level / 2)).toBeLessThan(5 * error)
    expect(Math.abs(share(2) - level / 2)).toBeLessThan(5 * error)
  })

  it('keeps everything at level 0 and nothing at level 1; an odd count is the start of an even one', () => {
    expect(codes(0, 101).every((code) => code === 1)).toBe(true)
    expect(codes(1, 101).every((code) => code !== 1)).toBe(true)
    expect(codes(0.4, 101)).toEqual(codes(0.4, 102).slice(0, 101))
  })
})

describe('fillNoise', () => {
  const noise = (deviation: number, step = 3, stream = 2, size = count) => {
    const filled = new Float32Array(size)
    fillNoise(filled, 1, stream, step, deviation)
    return filled
  }

  it('has the moments of N(0, 1), times the deviation', () => {
    const one = Float64Array.from(noise(1))
    expect(Math.abs(mean(one))).toBeLessThan(chance)
    expect(Math.abs(mean(one.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / count))
    expect(Math.abs(mean(one.map((x) => x ** 3)))).toBeLessThan(5 * Math.sqrt(15 / count))
    expect(Math.abs(mean(one.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / count))
    noise(2.5, 3, 2, 500).forEach((value, i) => expect(value).toBeCloseTo(2.5 * one[i]!, 5))
  })

  it('has the tails of a normal distribution', () => {
    // P(|z| > 1), P(|z| > 2), P(|z| > 3)
    for (const [bound, expected] of [
      [1, 0.317311],
      [2, 0.0455],
      [3, 0.0027],
    ] as const) {
      const share = mean(noise(1).map((value) => (Math.abs(value) > bound ? 1 : 0)))
      expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt(expected / count))
    }
  })

  it('draws neighbours, steps and streams independently', () => {
    const one = noise(1)
    for (const other of [noise(1, 4), noise(1, 3, 5)]) expect(Math.abs(correlation(one, other))).toBeLessThan(chance)
    for (const lag of [1, 2, 28]) {
      expect(Math.abs(correlation(one.subarray(0, -lag), one.subarray(lag)))).toBeLessThan(chance)
      const squares = one.map((value) => value * value)
      expect(Math.abs(correlation(squares.subarray(0, -lag), squares.subarray(lag)))).toBeLessThan(chance)
    }
    expect(noise(1, 3, 2, 101)).toEqual(noise(1, 3, 2, 102).slice(0, 101))
  })
})

describe('uniforms and gaussians', () => {
  it('have the moments of their distributions', () => {
    const u = uniforms(3, 1, 0, count)
    expect(Math.abs(mean(u) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / count))
    expect(Math.min(...u.subarray(0, 50_000))).toBeGreaterThan(0)
    expect(Math.max(...u.subarray(0, 50_000))).toBeLessThan(1)
    const g = gaussians(3, 1, 0, count)
    expect(Math.abs(mean(g))).toBeLessThan(chance)
    expect(Math.abs(mean(g.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / count))
    expect(Math.abs(mean(g.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / count))
    expect(Math.abs(correlation(g.subarray(0, -1), g.subarray(1)))).toBeLessThan(chance)
  })

  it('start alike whatever their number', () => {
    expect(gaussians(3, 1, 0, 7)).toEqual(gaussians(3, 1, 0, 8).slice(0, 7))
    expect(uniforms(3, 1, 0, 7)).toEqual(uniforms(3, 1, 0, 8).slice(0, 7))
  })
})

describe('permutation', () => {
  it('has every row once', () => {
    expect([...permutation(1, 1, 1, 1000)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect([...permutation(1, 1, 1, 1)]).toEqual([0])
    expect(permutation(1, 1, 1, 0)).toHaveLength(0)
  })

  it('puts every row everywhere equally often', () => {
    const [n, times] = [5, 10_000]
    const counts = new Float64Array(n * n)
    for (let epoch = 0; epoch < times; epoch++) permutation(2, 1, epoch, n).forEach((row, at) => counts[at * n + row]++)
    const expected = times / n
    const chiSquare = counts.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0)
    // 16 degrees of freedom; 39 is passed by chance once in a thousand.
    expect(chiSquare).toBeLessThan(39)
  })

  it('changes with epoch, stream and seed', () => {
    const order = permutation(1, 1, 1, 100).join()
    for (const other of [permutation(1, 1, 2, 100), permutation(1, 2, 1, 100), permutation(2, 1, 1, 100)]) {
      expect(other.join()).not.toBe(order)
    }
  })
})

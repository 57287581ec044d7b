import { describe, expect, it } from 'vitest'
import { lineIntegral } from '../../../src/main/dynamics/lineIntegral'

/** A field given point by point. */
const fieldOf = (f: (y: Float64Array) => number[]) => async (points: Float64Array) => {
  const width = f(points.subarray(0, 2)).length
  const values = new Float64Array(points.length)
  for (let at = 0; at < points.length; at += width) values.set(f(points.subarray(at, at + width)), at)
  return values
}

const point = (...values: number[]) => Float64Array.from(values)
const square = [point(0, 0), point(2, 0), point(2, 2), point(0, 2), point(0, 0)]

describe('line integrals', () => {
  it('are exact for polynomials of degree 15, as an 8-point rule must be', async () => {
    const { integral } = await lineIntegral(
      fieldOf(([x]) => [16 * x! ** 15, 0]),
      [point(0, 0), point(1, 0)],
    )
    expect(integral).toBeCloseTo(1, 13)
  })

  it('of a rotation round a square are twice its area', async () => {
    const { integral, absolute } = await lineIntegral(
      fieldOf(([x, y]) => [-y!, x!]),
      square,
    )
    expect(integral).toBeCloseTo(8, 12)
    expect(absolute).toBeCloseTo(8, 12)
  })

  it('of a gradient with kinks vanish on a closed path, within 1e-6 of what is passed', async () => {
    const kinks = [0.1, 0.37, 0.713, 1.9]
    const { integral, absolute, evaluations } = await lineIntegral(
      fieldOf(([x, y]) => [
        kinks.reduce((sum, kink) => sum + Math.max(0, x! + 0.3 * y! - kink), 0),
        kinks.reduce((sum, kink) => sum + 0.3 * Math.max(0, x! + 0.3 * y! - kink), 0),
      ]),
      square,
    )
    expect(Math.abs(integral) / absolute).toBeLessThan(1e-7)
    expect(evaluations).toBeLessThan(10_000)
  })

  it('end where the field is not finite', async () => {
    const { integral } = await lineIntegral(
      fieldOf(() => [NaN, NaN]),
      square,
    )
    expect(integral).toBeNaN()
  })
})

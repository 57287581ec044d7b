import { describe, expect, it } from 'vitest'
import { correlation, withContrastOf } from '../../../src/main/dynamics/apply'
import { expectClose } from '../../support/close'

describe('an image with the contrast of another', () => {
  it('has its mean and its standard deviation, and is the same picture', () => {
    const image = Float64Array.of(1, 2, 3, 6)
    const like = Float64Array.of(-2, 2, -2, 2)
    const found = withContrastOf(image, like)
    // Mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5; asked for: mean 0, deviation 2.
    const scale = 2 / Math.sqrt(3.5)
    expectClose(found, [-2 * scale, -scale, 0, 3 * scale], 1e-12)
    expect(correlation(found, image)).toBeCloseTo(1, 12)
    expect(image).toEqual(Float64Array.of(1, 2, 3, 6))
  })

  it('stays constant where it is', () => {
    expect(withContrastOf(Float64Array.of(5, 5), Float64Array.of(0, 2))).toEqual(Float64Array.of(1, 1))
  })
})

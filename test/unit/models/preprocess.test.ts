import { describe, expect, it } from 'vitest'
import { centreOf, meanImage, normalised } from '../../../src/main/models/preprocess'
import { expectClose } from '../../support/close'

const images = (): Float32Array => Float32Array.from([0, 1, 0, 1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 1])

describe('preprocessing', () => {
  it('contrast: each image minus its mean, divided by its standard deviation + 0.1', () => {
    const found = normalised({ contrast: true }, images(), 4, null)
    const deviation = Math.sqrt(3) / 4
    expectClose(found.subarray(0, 4), [-0.5 / 0.6, 0.5 / 0.6, -0.5 / 0.6, 0.5 / 0.6], 1e-6)
    expect([...found.subarray(4, 8)]).toEqual([0, 0, 0, 0])
    expectClose(found.subarray(8, 9), [-0.25 / (deviation + 0.1)], 1e-6)
  })

  it('center: minus the mean image of the training set, after contrast where both are asked for', () => {
    expectClose(meanImage(images(), 4), [0.5 / 3, 0.5, 0.5 / 3, 2.5 / 3], 1e-6)
    const spec = { contrast: true, center: true }
    const centre = centreOf(spec, images(), 4)
    const found = normalised(spec, images(), 4, centre)
    expect(meanImage(found, 4).every((value) => Math.abs(value) < 1e-7)).toBe(true)
    expectClose(centre, meanImage(normalised({ contrast: true }, images(), 4, null), 4), 1e-6)
  })

  it("leaves the caller's array as it was", () => {
    const given = images()
    normalised({ contrast: true }, given, 4, meanImage(given, 4))
    expect(given).toEqual(images())
  })
})

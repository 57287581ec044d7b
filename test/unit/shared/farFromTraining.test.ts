import { describe, expect, it } from 'vitest'
import { farNotices, scaleNotices } from '../../../src/shared/farFromTraining'
import type { PixelStatistics } from '../../../src/shared/trainingStatistics'

const pixels = (low: number, high: number, mean = (low + high) / 2): PixelStatistics => ({
  low,
  high,
  mean,
  imageMeans: { low: mean - (high - low) / 10, high: mean + (high - low) / 10 },
})
const one = (x: PixelStatistics) => ({ x, y: null })

describe('a set on another scale than the training data', () => {
  it.each([
    [pixels(0, 1), pixels(0, 255)],
    [pixels(0, 255), pixels(0, 1)],
    [pixels(0, 1), pixels(-1, 1)],
    [pixels(0, 1), pixels(0, 16)],
    [pixels(0, 1), pixels(0, 1 / 255)],
  ])('is told with both ranges (%#)', (trained, set) => {
    const [notice] = scaleNotices('digits, test,', one(set), one(trained))
    expect(notice).toMatch(/^digits, test, is on another scale than the training data/)
  })

  it('is none where the ranges are about the same', () => {
    expect(scaleNotices('digits', one(pixels(0.02, 0.9)), one(pixels(0, 1)))).toEqual([])
  })

  it('is told of the image of a pair that it is of', () => {
    const [notice, ...more] = scaleNotices(
      'pairs,',
      { x: pixels(0, 1), y: pixels(0, 255) },
      { x: pixels(0, 1), y: pixels(0, 1) },
    )
    expect(notice).toContain('its pixels of y are 0 to 255 (mean 128), those of training 0 to 1.00 (mean 0.500)')
    expect(more).toEqual([])
  })
})

describe('an image far from the training images', () => {
  const training = {
    pixels: one(pixels(0, 1, 0.2)),
    reconstructionError: { x: { n: 2000, most: 0.05 }, y: null },
  }
  const image = (...values: number[]) => ({ x: Float32Array.from(values), y: null })

  it('is told by its reconstruction error, with the numbers', () => {
    const scored = { pixels: image(0, 0.4), reconstructionError: { x: 8.12, y: null } }
    expect(farNotices(scored, training)).toEqual([
      'reconstruction error 8.12; of 2,000 training and validation images 99.9 % are at or below 0.0500',
    ])
  })

  it('is told by pixels beyond the range, and by a brightness that no training image has', () => {
    const error = { x: 0.01, y: null }
    expect(farNotices({ pixels: image(0, 255), reconstructionError: error }, training)).toEqual([
      'pixels 0 to 255; of training images 0 to 1.00',
    ])
    expect(farNotices({ pixels: image(1, 1), reconstructionError: error }, training)).toEqual([
      'mean pixel 1.00; of training images 0.100 to 0.300',
    ])
  })

  it('is none that looks like them', () => {
    expect(farNotices({ pixels: image(0.1, 0.4), reconstructionError: { x: 0.06, y: null } }, training)).toEqual([])
  })
})

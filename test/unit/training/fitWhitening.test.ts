import { describe, expect, it } from 'vitest'
import { gaussians } from '../../../src/main/compute/random'
import { meanImage } from '../../../src/main/models/preprocess'
import { whitened } from '../../../src/main/models/whitening'
import { fitWhitening } from '../../../src/main/training/whiten/fitWhitening'
import { expectClose } from '../../support/close'

const breathe = () => Promise.resolve()

/** Correlated images: each pixel shares most of its value with its neighbour, about a mean of its own. */
function correlated(n: number, pixels: number): Float32Array {
  const images = new Float32Array(n * pixels)
  for (let row = 0; row < n; row++) {
    const draws = gaussians(1, 0, row, pixels)
    for (let pixel = 0; pixel < pixels; pixel++) {
      images[row * pixels + pixel] = pixel + (pixel + 1) * (draws[pixel]! + 2 * draws[Math.max(0, pixel - 1)]!)
    }
  }
  return images
}

function covariance(images: Float32Array, pixels: number): number[][] {
  const mean = meanImage(images, pixels)
  const n = images.length / pixels
  return Array.from({ length: pixels }, (_, a) =>
    Array.from({ length: pixels }, (_, b) => {
      let sum = 0
      for (let row = 0; row < n; row++) {
        sum += (images[row * pixels + a]! - mean[a]!) * (images[row * pixels + b]! - mean[b]!)
      }
      return sum / n
    }),
  )
}

describe('whitening', () => {
  it('of two pixels is what one computes by hand', async () => {
    // Covariance [[2, 1], [1, 2]]: eigenvalues 3 along (1, 1) and 1 along (1, -1), mean variance 2, epsilon 0.2.
    const [long, short] = [Math.sqrt(3), 1]
    const images = Float32Array.of(5 + long, 7 + long, 5 - long, 7 - long, 5 + short, 7 - short, 5 - short, 7 + short)
    const { mean, matrix, epsilon } = await fitWhitening(images, 2, 'images', breathe)
    expectClose(mean, [5, 7], 1e-6)
    expect(epsilon).toBeCloseTo(0.2, 6)
    const [along, across] = [1 / Math.sqrt(3.2), 1 / Math.sqrt(1.2)]
    const [same, other] = [(along + across) / 2, (along - across) / 2]
    expectClose(matrix, [same, other, other, same], 1e-6)
    expectClose(await whitened(Float32Array.of(6, 8), { mean, matrix, epsilon }, breathe), [along, along], 1e-6)
  })

  it('makes the covariance of the training images the identity, but for epsilon', async () => {
    const [n, pixels] = [1300, 6]
    const images = correlated(n, pixels)
    const whitening = await fitWhitening(images, pixels, 'images', breathe)
    const before = covariance(images, pixels)
    const after = covariance(await whitened(images, whitening, breathe), pixels)
    expect(whitening.epsilon).toBeCloseTo((0.1 * before.reduce((sum, row, at) => sum + row[at]!, 0)) / pixels, 3)
    // Its eigenvalues are λ / (λ + epsilon): C' (C + epsilon I) = C.
    before.forEach((row, a) => {
      row.forEach((expected, b) => {
        const found = after[a]!.reduce((sum, value, k) => {
          return sum + value * (before[k]![b]! + (k === b ? whitening.epsilon : 0))
        }, 0)
        expect(Math.abs(found - expected)).toBeLessThan(1e-3)
      })
    })
    for (let pixel = 0; pixel < pixels; pixel++) expect(after[pixel]![pixel]).toBeLessThan(1)
  })

  it('of fewer images than pixels leaves the other directions as small as epsilon says', async () => {
    const images = correlated(3, 6)
    const whitening = await fitWhitening(images, 6, 'images', breathe)
    expect(whitening.matrix.every(Number.isFinite)).toBe(true)
    const again = await fitWhitening(images, 6, 'images', breathe)
    expect(again).toEqual(whitening)
  })

  it('is refused of images that are all the same', async () => {
    const same = new Float32Array(12).fill(0.5)
    await expect(fitWhitening(same, 4, 'photos, x', breathe)).rejects.toMatchObject({
      code: 'IMAGES_CONSTANT',
      where: 'photos, x',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { checkSquares, scaleWarning } from '../../../src/main/training/data/pixelScale'
import type { TrainingData } from '../../../src/main/training/data/trainingData'
import { readSpec } from '../../../src/shared/spec/read'

/** Images of two pixels. */
const data = (pixels: number[], centre: number[] | null = null): TrainingData => ({
  inputs: 2,
  targets: null,
  classNames: null,
  whitening: null,
  centre: centre === null ? null : { x: Float32Array.from(centre), y: null },
  train: { n: pixels.length / 2, x: Float32Array.from(pixels), y: null, labels: null },
  valid: { n: 0, x: new Float32Array(0), y: null, labels: null },
})
const spec = (preprocess = {}) => readSpec({ model: { kind: 'ae' }, dataset: 'film', preprocess }, 'spec')

describe('a warning about the scale of the training pixels', () => {
  it('names their range and how to mend it', () => {
    expect(scaleWarning(data([0, 255, 3, 7]), spec())).toMatchObject({
      code: 'PIXEL_SCALE',
      where: 'film',
      message: expect.stringContaining('from 0 to 255') as string,
      remedy: expect.stringContaining('--scale byte') as string,
    })
    expect(scaleWarning(data([-3, 16, 3, 7]), spec())?.remedy).toContain('--scale -3,16')
    expect(scaleWarning(data([0, 0.003, 0, 0.001]), spec())?.message).toContain('from 0 to 0.003')
  })

  it('is not given for images of [0,1], standardised ones, and those that preprocessing brings to one scale', () => {
    expect(scaleWarning(data([0, 1, 0.5, 0.2]), spec())).toBeNull()
    expect(scaleWarning(data([-4.1, 3.7, 0, 2]), spec())).toBeNull()
    expect(scaleWarning(data([0, 255, 3, 7]), spec({ contrast: true }))).toBeNull()
    expect(scaleWarning(data([0, 255, 3, 7]), spec({ whiten: true }))).toBeNull()
    expect(scaleWarning(data([1000, 255, 1001, 255.5], [1000.5, 255.25]), spec({ center: true }))).toBeNull()
  })
})

describe('pixels whose squares float32 cannot hold', () => {
  const filled = data([0, 1, 0.5, 1e20])

  it('are refused with the image', () => {
    expect(() => checkSquares(filled.train, filled, spec(), 'valid')).toThrow(
      expect.objectContaining({ code: 'PIXELS_TOO_LARGE', where: 'film: valid, image 1', exit: 1 }) as Error,
    )
  })

  it('are taken where contrast brings them to one scale', () => {
    expect(() => checkSquares(filled.train, filled, spec({ contrast: true }), 'valid')).not.toThrow()
  })
})

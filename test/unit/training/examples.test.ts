import { describe, expect, it } from 'vitest'
import { holdOut, rowsOfClass, selectExamples } from '../../../src/main/training/examples'
import { maskedCopy, maskTensor, corruptedImages } from '../../../src/main/training/corruption'
import { finetuneStream, streamOf, type Purpose } from '../../../src/main/training/streams'

describe('examples of a class', () => {
  it('are its rows, in order', () => {
    const rows = rowsOfClass(Int32Array.of(0, 1, 0, 2, 1), 1)
    expect([...rows]).toEqual([1, 4])
    const pairs = {
      n: 5,
      x: Float32Array.from({ length: 10 }, (_, i) => i),
      y: Float32Array.from({ length: 5 }, (_, i) => -i),
    }
    expect(selectExamples(pairs, rows)).toEqual({ n: 2, x: Float32Array.of(2, 3, 8, 9), y: Float32Array.of(-1, -4) })
  })

  it('held-out rows are kept from the model: both parts are the whole, and the draw follows the seed', () => {
    const rows = Int32Array.from({ length: 50 }, (_, i) => 3 * i)
    const { learn, keep } = holdOut(rows, 0.2, 7, 1)
    expect(keep).toHaveLength(10)
    expect([...learn, ...keep].sort((a, b) => a - b)).toEqual([...rows])
    expect(holdOut(rows, 0.2, 7, 1)).toEqual({ learn, keep })
    expect(holdOut(rows, 0.2, 8, 1).keep).not.toEqual(keep)
    expect(holdOut(rows, 0, 7, 1).learn).toEqual(rows)
  })
})

describe('masking', () => {
  it('of steps does not depend on how they are cut into chunks', () => {
    const [all, later] = [maskTensor(1, 5, 0, 4, [3, 10], 0.3), maskTensor(1, 5, 2, 2, [3, 10], 0.3)]
    expect(all.shape).toEqual([4, 3, 10])
    expect([...later.data]).toEqual([...all.data].slice(60))
  })

  it('sets a share of the pixels to 0 and leaves the others, in a copy', () => {
    const images = new Float32Array(10_000).fill(0.7)
    const seen = maskedCopy(images, 1, 2, 0.3)
    const zeros = seen.filter((value) => value === 0).length
    expect(zeros).toBeGreaterThan(2800)
    expect(zeros).toBeLessThan(3200)
    expect(seen.every((value) => value === 0 || value === Math.fround(0.7))).toBe(true)
    expect(images.every((value) => value > 0)).toBe(true)
  })

  it('hits the one image, or those of a pair that are named; none at level 0', () => {
    expect(corruptedImages('cae', { kind: 'mask', level: 0.3, on: 'y' })).toEqual({ x: true, y: false })
    expect(corruptedImages('gae', { kind: 'mask', level: 0.3, on: 'y' })).toEqual({ x: false, y: true })
    expect(corruptedImages('gae', { kind: 'mask', level: 0.3, on: 'both' })).toEqual({ x: true, y: true })
    expect(corruptedImages('gae', { kind: 'mask', level: 0, on: 'both' })).toEqual({ x: false, y: false })
    expect(corruptedImages('ae', { kind: 'none', level: 0.3 })).toEqual({ x: false, y: false })
  })

  it('every purpose of every class draws from a stream of its own', () => {
    const purposes: Purpose[] = ['start', 'order', 'corruptX', 'corruptY', 'validX', 'validY', 'holdout']
    const classes = [null, 0, 1, 9]
    const streams = [
      ...classes.flatMap((modelClass) => purposes.map((purpose) => streamOf(purpose, modelClass))),
      ...purposes.map(finetuneStream),
    ]
    expect(new Set(streams).size).toBe(streams.length)
  })
})

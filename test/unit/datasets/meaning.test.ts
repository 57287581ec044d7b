import { describe, expect, it } from 'vitest'
import { classesOf, labelIndices } from '../../../src/main/datasets/classes'
import type { NumericArray } from '../../../src/main/datasets/npy'
import { pixelMeaning, pixelRows } from '../../../src/main/datasets/pixels'

const array = (data: NumericArray['data'], width: number, integer = !(data instanceof Float32Array)): NumericArray => ({
  shape: [data.length / width, width],
  data,
  integer,
})

const meaning = (...arrays: NumericArray[]) =>
  pixelMeaning(
    arrays.map((one) => ['a.npz', one] as const),
    {},
  )

describe('what numbers of a file mean', () => {
  it('whole numbers of 0..255 are bytes', async () => {
    expect(await meaning(array(Uint8Array.of(0, 255), 1))).toBe('bytes')
    expect(await meaning(array(Float64Array.of(0, 17), 1, true))).toBe('bytes')
  })

  it('0 and 1 alone are black and white', async () => {
    const mask = array(Uint8Array.of(0, 1, 1), 1)
    expect(await meaning(mask)).toBe('binary')
    expect(await pixelRows(mask, 'binary', Int32Array.of(1, 0), {})).toEqual(Uint8Array.of(255, 0))
    expect(await meaning(mask, array(Uint8Array.of(0, 9), 1))).toBe('bytes')
  })

  it('all else is itself', async () => {
    const floats = array(Float32Array.of(0, 1, 0.5, 2), 2)
    expect(await meaning(floats)).toBe('floats')
    expect(await pixelRows(floats, 'floats', Int32Array.of(1), {})).toEqual(Float32Array.of(0.5, 2))
    expect(await meaning(array(Int32Array.of(-1, 5), 1))).toBe('floats')
    expect(await meaning(array(Int32Array.of(0, 256), 1))).toBe('floats')
  })

  it.each([
    [NaN, Float32Array.of(0, 1, NaN, 2)],
    [Infinity, Float32Array.of(-1, 0, Infinity, 0)],
    [-1e300, Float64Array.of(1, 2, -1e300, 0)],
  ])('%d is refused with its place', async (value, data) => {
    const refusal = meaning(array(data, 2, false))
    await expect(refusal).rejects.toMatchObject({ code: 'NOT_FINITE', where: 'a.npz' })
    await expect(refusal).rejects.toThrow(`${value} in row 1, column 0`)
  })
})

describe('classes', () => {
  it('0..C-1 stand for themselves', () => {
    const classes = classesOf([['a', [2, 0, 1, 2]]])
    expect(classes).toEqual([0, 1, 2])
    expect(labelIndices([2, 0, 1, 2], classes)).toEqual(Int32Array.of(2, 0, 1, 2))
  })

  it('other values are counted through, over all files, and stay as names', () => {
    const classes = classesOf([
      ['a', [7, -1]],
      ['b', [3]],
    ])
    expect(classes).toEqual([-1, 3, 7])
    expect(labelIndices([7, 3], classes)).toEqual(Int32Array.of(2, 1))
  })

  it('are whole numbers, and not thousands of them', () => {
    expect(() => classesOf([['a', [0, 1.5]]])).toThrow('Label 1.5 of row 1 is no whole number')
    expect(() => classesOf([['a', Array.from({ length: 1001 }, (_, i) => i)]])).toThrow(
      expect.objectContaining({ code: 'LABELS_MANY' }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { WorkbenchError } from '../../../src/shared/errors'
import { classesOf, labelIndices } from '../../../src/main/datasets/classes'
import type { FileArray } from '../../../src/main/datasets/numberTypes'
import { packPixels, pixelMeaning, storedPixels } from '../../../src/main/datasets/pixels'

type Data = FileArray['data']

const isWhole = (data: Data): boolean => !(data instanceof Float32Array)

const pack = (data: Data, integer = isWhole(data)) =>
  packPixels({ data, integer }, (value, position) => new WorkbenchError('NOT_FINITE', `${value} at ${position}`))

const factsOf = (data: Data, integer = isWhole(data)) => ({ ...pack(data, integer), whole: integer, brightness: false })

const meaning = (...arrays: Data[]) => pixelMeaning(arrays.map((data) => factsOf(data)))

const stored = (data: Data, brightness = false) => {
  const facts = { ...factsOf(data), brightness }
  return storedPixels(facts.pixels, pixelMeaning([facts]), facts)
}

describe('what numbers of a file mean', () => {
  it('whole numbers of 0..255 are bytes', () => {
    expect(meaning(Uint8Array.of(0, 255))).toBe('bytes')
    expect(meaning(Float64Array.of(0, 17))).toBe('bytes')
    expect(pack(Float64Array.of(0, 17)).pixels).toEqual(Uint8Array.of(0, 17))
    expect(stored(Uint8Array.of(3, 255))).toEqual(Uint8Array.of(3, 255))
  })

  it('0 and 1 alone are black and white', () => {
    expect(meaning(Uint8Array.of(0, 1, 1))).toBe('binary')
    expect(stored(Uint8Array.of(1, 0))).toEqual(Uint8Array.of(255, 0))
    expect(meaning(Uint8Array.of(0, 1), Uint8Array.of(0, 9))).toBe('bytes')
  })

  it('a decoded image of the values 0 and 1 is almost black', () => {
    expect(stored(Uint8Array.of(1, 0), true)).toEqual(Uint8Array.of(1, 0))
  })

  it('all else is itself', () => {
    expect(meaning(Float32Array.of(0, 1, 0.5, 2))).toBe('floats')
    expect(stored(Float32Array.of(0.5, 2))).toEqual(Float32Array.of(0.5, 2))
    expect(stored(Int32Array.of(-1, 256))).toEqual(Float32Array.of(-1, 256))
    expect(meaning(Int32Array.of(-1, 5))).toBe('floats')
    expect(meaning(Int32Array.of(0, 256))).toBe('floats')
  })

  it('bytes among floats are themselves, or shares of 255 in decoded images', () => {
    const bytes = factsOf(Uint8Array.of(0, 255))
    const floats = factsOf(Float32Array.of(0.5))
    expect(pixelMeaning([bytes, floats])).toBe('floats')
    expect(storedPixels(bytes.pixels, 'floats', bytes)).toEqual(Float32Array.of(0, 255))
    expect(storedPixels(bytes.pixels, 'floats', { ...bytes, brightness: true })).toEqual(Float32Array.of(0, 1))
  })

  it.each([
    [NaN, Float32Array.of(0, 1, NaN, 2)],
    [Infinity, Float32Array.of(-1, 0, Infinity, 0)],
    [-1e300, Float64Array.of(1, 2, -1e300, 0)],
  ])('%d is refused with its place', (value, data) => {
    expect(() => pack(data, false)).toThrow(`${value} at 2`)
  })
})

describe('classes', () => {
  const labels = (where: string, values: number[], names: string[] | null = null) => ({
    where,
    values: Float64Array.from(values),
    names,
  })

  it('0..C-1 stand for themselves', () => {
    const set = labels('a', [2, 0, 1, 2])
    expect(classesOf([set])).toEqual(['0', '1', '2'])
    expect(labelIndices(set, ['0', '1', '2'])).toEqual(Int32Array.of(2, 0, 1, 2))
  })

  it('other values are counted through, over all files, and stay as names', () => {
    const classes = classesOf([labels('a', [7, -1]), labels('b', [3])])
    expect(classes).toEqual(['-1', '3', '7'])
    expect(labelIndices(labels('a', [7, 3]), classes)).toEqual(Int32Array.of(2, 1))
  })

  it('of folders have the names of those, which agree between training and test', () => {
    const train = labels('a', [0, 1, 2], ['1', '2', '10'])
    const test = labels('b', [0, 1], ['10', '2'])
    const classes = classesOf([train, test])
    expect(classes).toEqual(['1', '2', '10'])
    expect(labelIndices(test, classes)).toEqual(Int32Array.of(2, 1))
  })

  it('are whole numbers, and not thousands of them', () => {
    expect(() => classesOf([labels('a', [0, 1.5])])).toThrow('Label 1.5 of row 1 is no whole number')
    const thousands = Array.from({ length: 1001 }, (_, i) => i)
    expect(() => classesOf([labels('a', thousands)])).toThrow(expect.objectContaining({ code: 'LABELS_MANY' }))
  })
})

import { describe, expect, it } from 'vitest'
import { WorkbenchError } from '../../../src/shared/errors'
import type { ScaleOption } from '../../../src/shared/importing'
import { classesOf, labelIndices } from '../../../src/main/datasets/classes'
import { LabelColumn } from '../../../src/main/datasets/labelColumn'
import type { FileArray } from '../../../src/main/datasets/numberTypes'
import { packPixels, storedPixels, storedType, type PixelFacts } from '../../../src/main/datasets/pixels'
import { plainScale, scaleOf, type FixedScale } from '../../../src/main/datasets/scale'

type Data = FileArray['data']

const pack = (data: Data) =>
  packPixels(data, (value, position) => new WorkbenchError('NOT_FINITE', `${value} at ${position}`))

const factsOf = (data: Data, brightness = false): PixelFacts => ({
  ...pack(data),
  brightness,
  white: 255,
  byteType: data instanceof Uint8Array,
  extremes: null,
})

const scale = (data: Data, option: ScaleOption = 'auto', fixed: FixedScale = null) =>
  scaleOf(factsOf(data), option, fixed, 'set.npz')

const stored = (data: Data, option: ScaleOption = 'auto', brightness = false) => {
  const facts = factsOf(data, brightness)
  const found = scaleOf(facts, option, null, 'set.npz')
  return storedPixels(pack(data).pixels, storedType(facts, found), found, facts)
}

const asTheyAre = { zero: 0, one: 1 }
const ofBytes = { zero: 0, one: 255 }

describe('the scale of numbers, where one is plausible', () => {
  it.each<[string, Data, object]>([
    ['bytes', Uint8Array.of(0, 255), ofBytes],
    ['dark bytes of the type of bytes', Uint8Array.of(0, 90), ofBytes],
    ['whole numbers to 255 of any type', Float32Array.of(0, 255), ofBytes],
    ['one half among 255s', Float64Array.of(0, 254.5, 255), ofBytes],
    ['0 and 1 alone', Uint8Array.of(0, 1), asTheyAre],
    ['0 to 1', Float32Array.of(0, 0.3, 1), asTheyAre],
    ['a little beyond 0 to 1, as interpolation leaves it', Float32Array.of(-0.02, 1.04), asTheyAre],
    ['standardised numbers', Float32Array.of(-2.5, 0.3, 4), asTheyAre],
  ])('%s', (_, data, expected) => expect(scale(data)).toEqual(expected))

  it.each<[string, Data, string]>([
    ['0 to 16, as load_digits gives them', Float64Array.of(0, 16), '--scale 0,16, or --scale byte'],
    ['whole numbers to 16', Int32Array.of(0, 16), '--scale 0,16, or --scale byte'],
    ['bytes that are all nearly black', Uint8Array.of(0, 3), '--scale 0,3, or --scale byte'],
    ['-1 to 1, as normalised images have them', Float32Array.of(-1, 0.2, 1), '--scale -1,1, or --scale keep'],
    ['sixteen bits', Int32Array.of(0, 65_535), '--scale 0,65535, or --scale keep'],
    ['floats to 16', Float32Array.of(0, 0.5, 16), '--scale 0,16, or --scale keep'],
    ['numbers of a thousand on both sides', Float32Array.of(-1000, 1000), '--scale -1000,1000, or --scale keep'],
  ])('%s: two readings, both are named', (_, data, options) => {
    expect(() => scale(data)).toThrow(
      expect.objectContaining({ code: 'AMBIGUOUS', where: 'set.npz', remedy: `Say which: ${options}.` }),
    )
  })

  it('is what is said', () => {
    expect(scale(Int32Array.of(0, 16), [0, 16])).toEqual({ zero: 0, one: 16 })
    expect(scale(Float32Array.of(0, 900), 'keep')).toEqual(asTheyAre)
    expect(scale(Uint8Array.of(0, 3), 'byte')).toEqual(ofBytes)
    expect(() => scale(Float32Array.of(0, 255), 'unit')).toThrow(expect.objectContaining({ code: 'SCALE_RANGE' }))
  })

  it('is what the format says, whatever the numbers look like', () => {
    expect(scale(Float32Array.of(0, 16), 'auto', 'keep')).toEqual(asTheyAre)
    expect(scale(Uint8Array.of(0, 3), 'auto', 'byte')).toEqual(ofBytes)
  })

  it('is that of a file beside it where its own numbers leave two open', () => {
    const bright = factsOf(Int32Array.of(0, 255))
    const siblings = [{ facts: bright, scale: plainScale(bright)! }]
    expect(scaleOf(factsOf(Int32Array.of(0, 50)), 'auto', null, 'test.npz', siblings)).toEqual(ofBytes)
    expect(() => scaleOf(factsOf(Float32Array.of(0, 0.5, 50)), 'auto', null, 'test.npz', siblings)).toThrow()
  })
})

describe('stored pixels', () => {
  it('are bytes where bytes say it exactly', () => {
    expect(stored(Uint8Array.of(3, 255))).toEqual(Uint8Array.of(3, 255))
    expect(stored(Float64Array.of(3, 255))).toEqual(Uint8Array.of(3, 255))
    expect(stored(Uint8Array.of(1, 0))).toEqual(Uint8Array.of(255, 0))
  })

  it('are floats of the scale elsewhere', () => {
    expect(stored(Float32Array.of(0, 127.5, 255))).toEqual(Float32Array.of(0, 0.5, 1))
    expect(stored(Int32Array.of(0, 4, 16), [0, 16])).toEqual(Float32Array.of(0, 0.25, 1))
    expect(stored(Float32Array.of(-1, 0, 1), [-1, 1])).toEqual(Float32Array.of(0, 0.5, 1))
    expect(stored(Float32Array.of(0.5, -2))).toEqual(Float32Array.of(0.5, -2))
  })

  it('of a decoded image of the values 0 and 1 are almost black', () => {
    expect(stored(Uint8Array.of(1, 0), 'auto', true)).toEqual(Uint8Array.of(1, 0))
  })

  it.each([
    [NaN, Float32Array.of(0, 1, NaN, 2)],
    [Infinity, Float32Array.of(-1, 0, Infinity, 0)],
    [-1e300, Float64Array.of(1, 2, -1e300, 0)],
  ])('%d is refused with its place', (value, data) => {
    expect(() => pack(data)).toThrow(`${value} at 2`)
  })

  it('numbers whose squares are beyond float32 are counted, and do not say what the scale is', () => {
    expect(pack(Float32Array.of(0, 1, 1e20, 0.5))).toMatchObject({ low: 0, high: 1, extremes: [2] })
  })
})

describe('labels that are texts', () => {
  const column = (...texts: string[]) => {
    const labels = new LabelColumn('y.csv')
    for (const [row, text] of texts.entries()) labels.appendText(text, 'CSV_LABEL', () => `y.csv, line ${row + 1}`)
    return { values: [...labels.values], names: labels.names }
  }

  it('are names, or the whole numbers that they write', () => {
    expect(column('cat', 'dog', 'cat')).toEqual({ values: [0, 1, 0], names: ['cat', 'dog'] })
    expect(column(' 7', '3.0', '7')).toEqual({ values: [7, 3, 7], names: null })
  })

  it.each([
    [['cat', ''], 'y.csv, line 2'],
    [['1', '2.5'], 'y.csv, line 2'],
    [['1', '2', 'cat'], 'y.csv, line 3'],
    [['nan'], 'y.csv, line 1'],
  ])('%j are refused with the place', (texts, where) => {
    expect(() => column(...texts)).toThrow(expect.objectContaining({ code: 'CSV_LABEL', where }))
  })
})

describe('classes', () => {
  const labels = (where: string, values: number[], names: string[] | null = null) => ({
    where,
    values: Float64Array.from(values),
    names,
    from: 'array y',
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

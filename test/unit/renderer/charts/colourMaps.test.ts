import { describe, expect, it } from 'vitest'
import { cividis, cssGradient, gray, signed } from '../../../../src/renderer/src/charts/colourMaps'
import {
  clipped,
  filmLimits,
  imageLimits,
  sharedLimits,
  signedLimits,
  statistics,
} from '../../../../src/renderer/src/charts/limits'
import { integerFactor, toRgba } from '../../../../src/renderer/src/charts/pixels'

const colourOf = (value: number, map = signed, limits = { low: -2, high: 2 }) => [
  ...toRgba(new Float32Array([value]), map, limits),
]

describe('signed colour map', () => {
  it('gives zero its own colour, #F7F7F7', () => {
    expect(signed.entries).toBe(257)
    expect(colourOf(0)).toEqual([0xf7, 0xf7, 0xf7, 255])
  })

  it('is blue below zero and red above', () => {
    const [redBelow, , blueBelow] = colourOf(-1.5)
    const [redAbove, , blueAbove] = colourOf(1.5)
    expect(blueBelow).toBeGreaterThan(redBelow! + 50)
    expect(redAbove).toBeGreaterThan(blueAbove! + 50)
  })

  it('ends in the darkest colours of RdBu and keeps clipped values there', () => {
    expect(colourOf(2)).toEqual([0x67, 0x00, 0x1f, 255])
    expect(colourOf(9)).toEqual(colourOf(2))
    expect(colourOf(-9)).toEqual([0x05, 0x30, 0x61, 255])
  })
})

describe('sequential colour maps', () => {
  it('gray goes from black to white in 256 steps', () => {
    const limits = { low: 0, high: 1 }
    expect(colourOf(0, gray, limits)).toEqual([0, 0, 0, 255])
    expect(colourOf(1, gray, limits)).toEqual([255, 255, 255, 255])
    expect(colourOf(100 / 255, gray, limits)).toEqual([100, 100, 100, 255])
  })

  it('cividis grows lighter with the value', () => {
    const light = (entry: number) =>
      0.2126 * cividis.rgb[entry * 3]! + 0.7152 * cividis.rgb[entry * 3 + 1]! + 0.0722 * cividis.rgb[entry * 3 + 2]!
    for (let entry = 8; entry < cividis.entries; entry += 8) expect(light(entry)).toBeGreaterThan(light(entry - 8))
  })

  it('leaves what is no number transparent', () => {
    expect(colourOf(NaN, gray)[3]).toBe(0)
    expect(colourOf(Infinity, gray)[3]).toBe(0)
  })

  it('is written as a gradient with the end colours at its ends', () => {
    expect(cssGradient(gray)).toMatch(/^linear-gradient\(to right, rgb\(0 0 0\), .*rgb\(255 255 255\)\)$/)
  })
})

describe('limits', () => {
  it('of images are black and white, unless a float pixel of any lies beyond', () => {
    const dark = Float32Array.of(0, 0.1)
    const bright = Float32Array.of(0.9, 1)
    const floats = Float32Array.of(-1.5, 0.5)
    expect(imageLimits([dark])).toEqual({ low: 0, high: 1 })
    expect(imageLimits([dark, bright])).toEqual({ low: 0, high: 1 })
    expect(imageLimits([bright, floats])).toEqual({ low: -1.5, high: 1 })
    expect(imageLimits([])).toEqual({ low: 0, high: 1 })
  })

  it('are symmetric for signed values, at the 99.5 % quantile of the magnitude', () => {
    const values = Float32Array.from({ length: 1000 }, (_, index) => (index % 2 ? 1 : -1) * (index + 1))
    expect(signedLimits(values)).toEqual({ low: -995, high: 995 })
    expect(clipped(values, signedLimits(values))).toBe(5)
  })

  it('never collapse', () => {
    expect(signedLimits(new Float32Array(784))).toEqual({ low: -1, high: 1 })
    const one = new Float32Array(784)
    one[3] = 0.5
    expect(signedLimits(one)).toEqual({ low: -0.5, high: 0.5 })
    expect(sharedLimits([new Float32Array([2, 2])])).toEqual({ low: 1.5, high: 2.5 })
  })

  it('of several images reach from the lowest value of all to the highest', () => {
    expect(sharedLimits([new Float32Array([0, 3]), new Float32Array([-1, 2])])).toEqual({ low: -1, high: 3 })
  })

  it('of a film are shared, unless its frames run off: then the first would be one grey', () => {
    const film = (...heights: number[]) => filmLimits(heights.map((height) => Float32Array.of(0, height)))
    expect(film(1, 4, 20)).toEqual({ scope: 'shared', limits: Array(3).fill({ low: 0, high: 20 }) })
    expect(film(1, 4, 21)).toEqual({ scope: 'own', limits: [1, 4, 21].map((high) => ({ low: 0, high })) })
    // A film that fades is no such film: its noise is not drawn as a picture.
    expect(film(1, 0.001).scope).toBe('shared')
    expect(filmLimits([]).limits).toEqual([])
  })

  it('come with the statistics that a picture is described by', () => {
    expect(statistics(new Float32Array([1, 2, 6]))).toEqual({ min: 1, max: 6, mean: 3 })
  })
})

describe('magnification', () => {
  it('is a whole number, four at least', () => {
    expect(integerFactor(28, 200)).toBe(7)
    expect(integerFactor(28, 60)).toBe(4)
  })
})

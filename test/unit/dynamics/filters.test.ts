import { describe, expect, it } from 'vitest'
import { filters, mappingUnit } from '../../../src/main/dynamics/filters'
import { dominantFrequency, inverse, spectrum } from '../../../src/main/dynamics/spectrum'
import type { ImageShape } from '../../../src/shared/datasets'
import { expectClose } from '../../support/close'
import { randomArrays, randomPoint } from '../../support/fieldModel'
import { smallDescription } from '../../support/randomModel'

const shape: ImageShape = [5, 6]
const [height, width] = shape
const breathe = () => Promise.resolve()

/** cos(2π (down i/h + right j/w) + phase) moved by a displacement, which wraps round. */
const wave = (down: number, right: number, phase: number, [dy, dx] = [0, 0]): Float64Array =>
  Float64Array.from({ length: height * width }, (_, at) => {
    const [i, j] = [Math.floor(at / width) - dy!, (at % width) - dx!]
    return Math.cos(2 * Math.PI * ((down * i) / height + (right * j) / width) + phase)
  })

describe('the spectrum of an image', () => {
  it('is taken back by its inverse, whatever the size', () => {
    const image = randomPoint(height * width, 3)
    expectClose(inverse(spectrum(image, shape), shape), image, 1e-13)
  })

  it.each([
    [1, 2, 0.7],
    [-2, 1, -1.1],
    [2, 0, 3],
    [0, 1, 0.2],
  ])('finds frequency (%s, %s) and phase %s of a wave, and the mean counts for nothing', (down, right, phase) => {
    const image = wave(down, right, phase).map((value) => 5 + value)
    const found = dominantFrequency(spectrum(image, shape), shape)
    expect(found.frequency).toEqual([down, right])
    expect(found.phase).toBeCloseTo(phase, 10)
    expect(found.powerShare).toBeCloseTo(1, 12)
  })

  it('counts the frequency at half the sampling rate once', () => {
    const found = dominantFrequency(spectrum(wave(0, 3, 0), shape), shape)
    expect(found.frequency).toEqual([0, 3])
    expect(found.powerShare).toBeCloseTo(1, 12)
  })

  it('shares the power between waves', () => {
    const two = wave(1, 1, 0).map((value, at) => 2 * value + wave(2, 2, 0)[at]!)
    expect(dominantFrequency(spectrum(two, shape), shape).powerShare).toBeCloseTo(0.8, 10)
  })
})

describe('pairs of filters', () => {
  const description = { ...smallDescription('gae'), inputs: 30, targets: 30 }
  const moved: [number, number] = [1, -2]
  /** Every frequency in two phases; y is x moved. */
  const frequencies = [0, 1, 2].flatMap((down) => [1, 2].map((right) => [down, right] as const))
  const factors = 2 * frequencies.length
  const rows = (displacement?: [number, number]) =>
    frequencies.flatMap(([down, right]) => [0, Math.PI / 2].map((phase) => wave(down, right, phase, displacement)))
  const matrix = (all: Float64Array[]) => ({
    shape: [all.length, 30],
    data: Float32Array.from(all.flatMap((row) => [...row])),
  })
  const weights = {
    WX: matrix(rows()),
    WY: matrix(rows(moved)),
    WM: { shape: [1, factors], data: new Float32Array(factors).fill(1) },
    bm: { shape: [1], data: Float32Array.of(-0.5) },
  }
  const shapes = { x: shape, y: shape }
  const model = { ...description, factors, mappings: 1 }

  it('have one frequency, and the phase shift of the displacement', async () => {
    const { pairs, x, y, tied } = await filters(model, weights, shapes, breathe)
    expect([tied, x.name, y!.name]).toEqual([false, 'WX', 'WY'])
    expect([...pairs!.sameFrequency]).toEqual(new Array(factors).fill(1))
    pairs!.phaseShift.forEach((shift, factor) => {
      const [down, right] = frequencies[Math.floor(factor / 2)]!
      const expected = -2 * Math.PI * ((down * moved[0]) / height + (right * moved[1]) / width)
      expect(Math.cos(shift - expected)).toBeCloseTo(1, 5)
    })
    expect(x.norms[0]).toBeCloseTo(Math.hypot(...rows()[0]!), 5)
  })

  it('vote for the displacement, told from its middle', async () => {
    const { displacement, bias } = await mappingUnit(model, weights, 0, 3, shapes, breathe)
    const peak = displacement!.indexOf(Math.max(...displacement!))
    expect([Math.floor(peak / width) - Math.floor(height / 2), (peak % width) - Math.floor(width / 2)]).toEqual(moved)
    expect(bias).toBe(-0.5)
  })

  it('are one gallery where they are tied, with the mean filters beside it', async () => {
    const mean = smallDescription('mcae')
    const arrays = randomArrays(mean, 5)
    const found = await filters(mean, arrays, { x: null, y: null }, breathe)
    expect(found).toMatchObject({ tied: true, y: null, pairs: null, x: { name: 'WF', frequency: null } })
    expect(found.mean!.filters).toEqual(arrays.W!.data)
  })

  it('a mapping unit names its strongest factors, and looks where their filters are', async () => {
    const arrays = randomArrays(smallDescription('cae'), 6)
    const {
      factors: strongest,
      weights: strengths,
      pooledX,
    } = await mappingUnit(smallDescription('cae'), arrays, 2, 5, { x: null, y: null }, breathe)
    const row = [...arrays.WM!.data.subarray(10, 15)]
    expect([...strengths]).toEqual([...strongest].map((factor) => row[factor]))
    for (let k = 1; k < 5; k++) expect(Math.abs(strengths[k]!)).toBeLessThanOrEqual(Math.abs(strengths[k - 1]!))
    const pixel = 3
    const pooled = Math.hypot(...row.map((weight, f) => weight * arrays.WF!.data[7 * f + pixel]!))
    expect(pooledX[pixel]).toBeCloseTo(pooled, 5)
  })
})

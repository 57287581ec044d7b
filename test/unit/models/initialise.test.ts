import { describe, expect, it } from 'vitest'
import { initialWeights } from '../../../src/main/models/initialise'
import { describeModel } from '../../../src/main/models/describe'
import { readSpec } from '../../../src/shared/spec/read'

const deviation = (data: Float32Array): number =>
  Math.sqrt(data.reduce((total, value) => total + value ** 2, 0) / data.length)

const weightsOf = (spec: object, targets: number | null = null) => {
  const { model } = readSpec({ model: { hidden: 60, factors: 60, mappings: 60, ...spec }, dataset: 'd' }, 'spec')
  const mean = (pixels: number) => Float32Array.from({ length: pixels }, (_, i) => i / pixels)
  const start = { ...model, meanX: mean(100), meanY: targets === null ? null : mean(targets) }
  return initialWeights(describeModel(model, 100, targets), start, 1, 0)
}

describe('weights at the start', () => {
  it('W has deviation 0.05, W_F the one of the spec, W_M starts small; biases are the mean image and zero', () => {
    const { W, WF, WM, c, bm, b } = weightsOf({ kind: 'mcae', factorStd: 0.1 })
    expect(deviation(W!.data)).toBeCloseTo(0.05, 2)
    expect(deviation(WF!.data)).toBeCloseTo(0.1, 2)
    expect(deviation(WM!.data)).toBeCloseTo(0.05, 2)
    expect(b!.data[50]).toBe(0.5)
    expect([...c!.data, ...bm!.data].every((value) => value === 0)).toBe(true)
  })

  it.each([
    ['negative', -1],
    ['positive', 1],
  ] as const)('W_M %s: of one sign, exp(U(-3, -2)) in size', (mappingInit, sign) => {
    const { WM } = weightsOf({ kind: 'cae', mappingInit })
    const logarithms = [...WM!.data].map((value) => Math.log(sign * value))
    expect(Math.min(...logarithms)).toBeGreaterThanOrEqual(-3)
    expect(Math.max(...logarithms)).toBeLessThanOrEqual(-2)
    expect(logarithms.reduce((total, value) => total + value) / logarithms.length).toBeCloseTo(-2.5, 1)
  })

  it('a gae with untied factors has a mean image on each side', () => {
    const { WX, WY, bx, by } = weightsOf({ kind: 'gae', tied: false }, 40)
    expect([WX!.shape, WY!.shape, bx!.shape, by!.shape]).toEqual([[60, 100], [60, 40], [100], [40]])
    expect(WX!.data.subarray(0, 40)).not.toEqual(WY!.data.subarray(0, 40))
    expect(by!.data[20]).toBe(0.5)
  })

  it('with Bernoulli visibles b is the logit of the mean image, clipped where a pixel is never or always on', () => {
    const { b } = weightsOf({ kind: 'ae', visible: 'bernoulli' })
    expect(1 / (1 + Math.exp(-b!.data[50]!))).toBeCloseTo(0.5, 6)
    expect(1 / (1 + Math.exp(-b!.data[20]!))).toBeCloseTo(0.2, 6)
    expect(1 / (1 + Math.exp(-b!.data[0]!))).toBeCloseTo(0.01, 6)
  })

  it('a decoder of its own is drawn like the encoder, apart from it, and leaves the encoder as it was', () => {
    const tied = weightsOf({ kind: 'mcae', factorStd: 0.1 })
    const { V, VF, VM, ...encoder } = weightsOf({ kind: 'mcae', factorStd: 0.1, decoder: 'own' })
    expect(encoder).toEqual(tied)
    expect(deviation(V!.data)).toBeCloseTo(0.05, 2)
    expect(deviation(VF!.data)).toBeCloseTo(0.1, 2)
    expect(deviation(VM!.data)).toBeCloseTo(0.05, 2)
    expect(VF!.data.subarray(0, 50)).not.toEqual(encoder.WF!.data.subarray(0, 50))
  })

  it('the same seed gives the same weights', () => {
    expect(weightsOf({ kind: 'ae' })).toEqual(weightsOf({ kind: 'ae' }))
  })
})

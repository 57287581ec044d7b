import { describe, expect, it } from 'vitest'
import { findPreset } from '../../../../src/shared/presets'
import type { RunDetail } from '../../../../src/shared/runs'
import { runSpecSchema, type RunSpecInput } from '../../../../src/shared/spec/schema'
import { estimateSeconds, estimateText } from '../../../../src/renderer/src/specForm/estimate'
import { runRequest } from '../../../../src/renderer/src/views/NewRun/runRequest'

const spec = (over: Partial<RunSpecInput> = {}) =>
  runSpecSchema.parse({ model: { kind: 'mcae', factors: 10 }, dataset: 'rect', epochs: 10, ...over })

describe('the request', () => {
  const quick = findPreset('quick')

  it('leaves the dataset to the preset where none is written', () => {
    const request = runRequest(spec(), { model: { kind: 'mcae' } }, quick, ' mine ', 'cpu')
    expect(request).toMatchObject({ preset: 'quick', name: 'mine', device: 'cpu' })
    expect(request.spec).not.toHaveProperty('dataset')
    expect(request.spec).toHaveProperty('batchSize', 100)
  })

  it('says the seed of the data apart from the seed of the run, where the preset makes data', () => {
    expect(runRequest(spec({ seed: 2 }), {}, quick, '', 'auto', 7)).toMatchObject({ dataSeed: 7, spec: { seed: 2 } })
    expect(runRequest(spec(), {}, quick, '', 'auto', null)).not.toHaveProperty('dataSeed')
    expect(runRequest(spec(), { dataset: 'rect' }, quick, '', 'auto', 7)).not.toHaveProperty('dataSeed')
  })

  it('names the written dataset and no preset', () => {
    const request = runRequest(spec(), { dataset: 'rect' }, quick, '', 'auto')
    expect(request).not.toHaveProperty('preset')
    expect(request).not.toHaveProperty('name')
    expect(request.spec).toHaveProperty('dataset', 'rect')
  })
})

describe('the cost estimate', () => {
  const finished = (seconds: number, over: Partial<RunSpecInput> = {}, train = 100) =>
    ({ seconds, spec: spec(over), datasetInfo: { n: { train, valid: 0, test: 0 } } }) as RunDetail

  it('goes by finished runs of the same model on as many examples', () => {
    const others = [finished(99, { model: { kind: 'mcae', factors: 11 } }), finished(99, {}, 200)]
    expect(estimateSeconds(spec({ epochs: 20 }), 100, [finished(30), finished(50, { epochs: 25 }), ...others])).toEqual(
      {
        low: 40,
        high: 60,
        runs: 2,
      },
    )
  })

  it('is honest where there is none', () => {
    expect(estimateText(estimateSeconds(spec(), 100, []))).toBe('no estimate yet')
    expect(estimateText({ low: 40, high: 60, runs: 2 })).toBe('about 40 s to 1 min 0 s, by 2 finished runs like it')
    expect(estimateText({ low: 14, high: 14, runs: 1 })).toBe('about 14 s, by 1 finished run like it')
  })
})

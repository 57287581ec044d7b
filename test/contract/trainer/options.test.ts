import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datasetPath, finished, jobOf, outcomeOf, type JobPlace } from '../../support/trainerJob'

let folder: string
let rectangles: string
let shifts: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-options-'))
  rectangles = await datasetPath(folder, { generator: 'rectangles', train: 60, valid: 30, test: 0 })
  shifts = await datasetPath(folder, { generator: 'shifts', train: 60, valid: 30, test: 0 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const sizes = { hidden: 6, factors: 6, mappings: 4, factorStd: 0.1 }
const base = { epochs: 2, batchSize: 20, optimizer: { learningRate: 0.003 }, earlyStopping: null }

const pretrained = (spec: object, dataset: string, engine: string) =>
  finished(jobOf({ spec: { ...base, ...spec }, dataset, folder, engine }, trainAll))
const trainAll = { task: 'pretrain', class: null, resumeFrom: null } as const

/** Trains on onnxruntime and in float64, and compares every weight. */
async function expectSameWeights(spec: object, dataset: string) {
  const [fast, judge] = [await pretrained(spec, dataset, 'onnx'), await pretrained(spec, dataset, 'reference')]
  for (const [name, { data }] of Object.entries(judge.saved.model.weights)) {
    const found = fast.saved.model.weights[name]!.data
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - found[at]!)), 0)
    expect(worst, name).toBeLessThan(1e-4)
  }
  return fast
}

describe('corruption', () => {
  it.each([
    ['gaussian', 0.3],
    ['salt-and-pepper', 0.2],
  ] as const)('%s is what the reference computes in float64', async (kind, level) => {
    const corruption = { kind, level }
    const { saved, events } = await expectSameWeights({ model: { kind: 'mcae', ...sizes }, corruption }, rectangles)
    expect(saved.training!.range).toEqual(kind === 'gaussian' ? null : { x: { low: 0, high: 1 }, y: null })
    const { saved: clean } = await pretrained(
      { model: { kind: 'mcae', ...sizes }, corruption: { kind: 'none' } },
      rectangles,
      'onnx',
    )
    expect(saved.model.weights).not.toEqual(clean.model.weights)
    expect(events.some(({ type }) => type === 'epoch')).toBe(true)
  })

  it('of pairs: each image has the range of its own training images, after preprocessing', async () => {
    const spec = {
      model: { kind: 'gae', ...sizes, tied: false, objective: 'both' },
      preprocess: { contrast: true },
      corruption: { kind: 'salt-and-pepper', level: 0.2, on: 'both' },
    }
    const { saved } = await expectSameWeights(spec, shifts)
    const { x, y } = saved.training!.range!
    expect(x.low).toBeLessThan(0)
    expect(x.high).toBeGreaterThan(1)
    expect(y).not.toBeNull()
  })

  it('resumed goes on with the draws of the undisturbed training', async () => {
    for (const corruption of [
      { kind: 'gaussian', level: 0.3 },
      { kind: 'salt-and-pepper', level: 0.3 },
    ]) {
      const spec = { ...base, epochs: 4, model: { kind: 'cae', ...sizes }, corruption }
      const place: JobPlace = { spec, dataset: rectangles, folder }
      const undisturbed = await finished(jobOf(place, trainAll))
      const stopped = await outcomeOf(jobOf(place, trainAll), (event) => event.type === 'epoch' && event.epoch === 2)
      const resumed = await finished(jobOf(place, { ...trainAll, resumeFrom: stopped.checkpoint!.path }))
      expect(resumed.saved.model).toEqual(undisturbed.saved.model)
      expect(resumed.saved.training!.range).toEqual(undisturbed.saved.training!.range)
    }
  })

  it('of fine-tuning is another one for each kind, and its range is recorded', async () => {
    const ends: Record<string, unknown>[] = []
    for (const kind of ['none', 'mask', 'gaussian', 'salt-and-pepper']) {
      const finetune = { finetune: 'all', epochs: 1, learningRate: 0.001, earlyStopping: null }
      const spec = {
        ...base,
        epochs: 1,
        model: { kind: 'ae', ...sizes },
        classifier: { ...finetune, corruption: { kind } },
      }
      const place: JobPlace = { spec, dataset: rectangles, folder }
      const models: string[] = []
      for (const modelClass of [0, 1]) {
        models.push((await finished(jobOf(place, { ...trainAll, class: modelClass }))).checkpoint!.path)
      }
      const { saved } = await finished(jobOf(place, { task: 'fit', models, resumeFrom: null }))
      expect(saved.training!.range !== null).toBe(kind === 'salt-and-pepper')
      for (const other of ends) expect(saved.model.weights).not.toEqual(other)
      ends.push(saved.model.weights)
    }
  })
})

describe('contraction', () => {
  const contracted = (estimate: string, weight = 0.05) => ({ contraction: { weight, estimate } })

  it.each(
    ['exact', 'sampled'].flatMap((estimate) => [
      ...(['ae', 'cae', 'mcae'] as const).map((kind) => ({ estimate, model: { kind, ...sizes } })),
      { estimate, model: { kind: 'cae', ...sizes, activation: 'linear' } },
      { estimate, model: { kind: 'mcae', ...sizes, activation: 'relu' } },
      { estimate, model: { kind: 'gae', ...sizes, tied: false, objective: 'both' } },
      { estimate, model: { kind: 'gae', ...sizes, tied: true, objective: 'x|y', activation: 'tanh' } },
    ]),
  )('$estimate of $model.kind trains as the reference computes it', async ({ estimate, model }) => {
    const dataset = model.kind === 'gae' ? shifts : rectangles
    const spec = { model, ...contracted(estimate), optimizer: { learningRate: 0.001 } }
    const { saved } = await expectSameWeights(spec, dataset)
    const { saved: free } = await pretrained({ ...spec, contraction: { weight: 0 } }, dataset, 'onnx')
    expect(saved.model.weights).not.toEqual(free.model.weights)
  })

  it('a larger weight leaves units that follow the image less; the sampled one does what the exact one does', async () => {
    const filters = async (contraction: object) => {
      const optimizer = { learningRate: 0.001 }
      const spec = { model: { kind: 'ae', ...sizes }, corruption: { kind: 'none' }, contraction, optimizer, epochs: 60 }
      const { W } = (await pretrained(spec, rectangles, 'onnx')).saved.model.weights
      return Math.hypot(...W!.data)
    }
    const free = await filters({ weight: 0 })
    const exact = await filters({ weight: 2 })
    const sampled = await filters({ weight: 2, estimate: 'sampled' })
    expect(exact).toBeLessThan(0.8 * free)
    expect(Math.abs(sampled - exact)).toBeLessThan(0.2 * (free - exact))
  })

  it('sampled and resumed goes on with the directions of the undisturbed training', async () => {
    const spec = { ...base, epochs: 4, model: { kind: 'mcae', ...sizes }, ...contracted('sampled') }
    const place: JobPlace = { spec, dataset: rectangles, folder }
    const undisturbed = await finished(jobOf(place, trainAll))
    const stopped = await outcomeOf(jobOf(place, trainAll), (event) => event.type === 'epoch' && event.epoch === 2)
    const resumed = await finished(jobOf(place, { ...trainAll, resumeFrom: stopped.checkpoint!.path }))
    expect(resumed.saved.model).toEqual(undisturbed.saved.model)
  })
})

describe('the norm constraint', () => {
  it.each(['sgd', 'adam'])('with %s: no filter is longer than it, and some are as long', async (kind) => {
    const maxNorm = 0.6
    const spec = {
      model: { kind: 'gae', ...sizes, tied: false, factorStd: 0.05 },
      optimizer: { kind, learningRate: 0.003, maxNorm },
    }
    const { saved } = await expectSameWeights(spec, shifts)
    const lengths = ['WX', 'WY'].flatMap((name) => {
      const { shape, data } = saved.model.weights[name]!
      return Array.from({ length: shape[0]! }, (_, row) =>
        Math.hypot(...data.subarray(row * shape[1]!, (row + 1) * shape[1]!)),
      )
    })
    expect(Math.max(...lengths)).toBeLessThanOrEqual(maxNorm * (1 + 1e-6))
    expect(Math.max(...lengths)).toBeCloseTo(maxNorm, 5)
  })
})

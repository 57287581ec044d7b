import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Scorer } from '../../../src/main/analysis/scorer'
import { openBackend } from '../../../src/main/compute/backend'
import { filters } from '../../../src/main/dynamics/filters'
import { readWeightFile, writeWeightFile } from '../../../src/main/saved/weightFile'
import { openDatasetFile } from '../../../src/main/datasets/datasetFile'
import { integrability } from '../../../src/main/dynamics/integrability'
import { referenceBackend } from '../../../src/main/compute/reference/backend'
import { FieldGraphs } from '../../../src/main/dynamics/fieldGraphs'
import { FieldModel } from '../../../src/main/dynamics/fieldModel'
import { kindNames, type ModelKind } from '../../../src/shared/kinds'
import { readSpec } from '../../../src/shared/spec/read'
import { datasetPath, finished, jobOf, outcomeOf } from '../../support/trainerJob'

/** A new kind is two files (here those of test/support/madeUpKind) and a line in each registry: nothing else knows it. */
vi.mock('../../../src/shared/kinds/registry', async (original) => {
  const { kinds } = await original<typeof import('../../../src/shared/kinds/registry')>()
  const { plain, judge } = await import('../../support/madeUpKind/shared')
  return { kinds: { ...kinds, plain, judge } }
})
vi.mock('../../../src/main/models/kinds/registry', async (original) => {
  const { modelKinds } = await original<typeof import('../../../src/main/models/kinds/registry')>()
  const { plainKind, judgeKind } = await import('../../support/madeUpKind/main')
  return { modelKinds: { ...modelKinds, plain: plainKind, judge: judgeKind } }
})

let folder: string
let rectangles: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-kind-'))
  rectangles = await datasetPath(folder, { generator: 'rectangles', train: 120, valid: 40, test: 40 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const spec = {
  model: { kind: 'plain', hidden: 12 },
  optimizer: { kind: 'adam', learningRate: 0.003, maxNorm: 3 },
  epochs: 4,
  batchSize: 20,
}
const place = () => ({ spec, dataset: rectangles, folder })

describe('a kind that is two files and two lines', () => {
  it('has a spec with defaults, checked like any', () => {
    expect(kindNames).toContain('plain')
    const { model } = readSpec({ ...spec, dataset: 'd' }, 'spec')
    expect(model).toEqual({ kind: 'plain', hidden: 12, activation: 'sigmoid', visible: 'gaussian', decoder: 'tied' })
    expect(() => readSpec({ ...spec, model: { kind: 'plain', hidden: 0 }, dataset: 'd' }, 'spec')).toThrow(/hidden|>=1/)
  })

  it('is trained, evaluated, scored, exported, read back, and shown', async () => {
    const { events, saved, checkpoint } = await finished(
      jobOf(place(), { task: 'pretrain', class: null, resumeFrom: null }),
    )
    const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.trainLoss] : []))
    expect(losses).toHaveLength(4)
    expect(losses[3]).toBeLessThan(losses[0]!)
    expect(Object.keys(saved.model.weights)).toEqual(['W', 'b'])

    const { results } = await outcomeOf(
      jobOf(place(), { task: 'evaluate', checkpoint: checkpoint!.path, splits: ['test'] }),
    )
    expect(results[0]!.evaluation.loss).toBeGreaterThan(0)

    const backend = await openBackend({ engine: 'onnx', device: 'cpu', threads: 1 })
    const { x } = await (await openDatasetFile(rectangles)).split('test')
    const scorer = new Scorer(backend, saved.model)
    const [score] = await scorer.pairs({ x: x.slice(0, 784), y: null }, null, false)
    await scorer.dispose()
    expect(score!.energy).toEqual({ yGivenX: null, xGivenY: null, conditional: null, diagonal: null })
    expect(score!.reconstructionError.x).toBeGreaterThan(0)
    expect(score!.hidden).toHaveLength(12)

    const file = writeWeightFile(saved.model, null)
    const { model } = readWeightFile(file, 'plain.npz')
    expect(model.description).toEqual(saved.model.description)
    expect(model.weights).toEqual(saved.model.weights)

    const { description, weights } = saved.model
    const shown = await filters(description, weights, { x: [28, 28], y: null }, () => Promise.resolve())
    expect(shown.x).toMatchObject({ name: 'W', shape: [28, 28] })
    expect(shown.x.norms).toHaveLength(12)
  }, 60_000)

  it('without an energy is told as that, never scored by one', async () => {
    const description = {
      ...({ kind: 'plain' as ModelKind, activation: 'sigmoid', visible: 'gaussian', decoder: 'tied' } as const),
      ...{ tied: false, inputs: 4, targets: null, hidden: 3, factors: null, mappings: null },
    }
    const data = (length: number) => Float32Array.from({ length }, (_, at) => Math.sin(at + 1))
    const weights = { W: { shape: [3, 4], data: data(12) }, b: { shape: [4], data: data(4) } }
    const graphs = new FieldGraphs(referenceBackend, description, 'both')
    const field = new FieldModel(graphs, { description, weights, slots: 'both', x: new Float64Array(4) })
    const { equivalence } = await integrability(referenceBackend, field, Float64Array.of(1, -1, 0.5, 2), 1)
    expect(equivalence).toMatchObject({ model: null, maxAbs: null })
    expect(equivalence.why).toBe('not defined: the model has no energy: none is written for the kind plain')
  })

  it('may give scores of its own', async () => {
    const { saved } = await finished(jobOf(place(), { task: 'pretrain', class: null, resumeFrom: null }))
    const { weights, description } = saved.model
    const stacked = Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      { shape: [2, ...shape], data: Float32Array.from([...data, ...data]) },
    ])
    const model = {
      ...saved.model,
      classes: 2,
      description: { ...description, kind: 'judge' as ModelKind },
      weights: Object.fromEntries(stacked) as typeof weights,
    }
    const scorer = new Scorer(await openBackend({ engine: 'onnx', device: 'cpu', threads: 1 }), model)
    const [found] = (await scorer.classScores({ x: new Float32Array(784).fill(0.5), y: null }))!
    await scorer.dispose()
    expect(found).toMatchObject({ scores: [1, 2.5], predicted: 1 })
  }, 60_000)
})

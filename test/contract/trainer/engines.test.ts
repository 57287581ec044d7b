import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datasetPath, finished, jobOf, outcomeOf, type JobPlace } from '../../support/trainerJob'

let folder: string
let rectangles: string
let shifts: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-engines-'))
  rectangles = await datasetPath(folder, { generator: 'rectangles', train: 60, valid: 30, test: 30 })
  shifts = await datasetPath(folder, { generator: 'shifts', train: 60, valid: 30, test: 30 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const sizes = { hidden: 12, factors: 12, mappings: 6, factorStd: 0.1 }
const kinds = {
  ae: { kind: 'ae', hidden: 12 },
  cae: { kind: 'cae', ...sizes },
  mcae: { kind: 'mcae', ...sizes },
  gae: { kind: 'gae', ...sizes, tied: false, objective: 'both' },
}

const spec = (model: object) => ({
  model,
  corruption: { kind: 'mask', level: 0.3, on: 'both' },
  optimizer: { kind: 'sgd', learningRate: 0.01, momentum: 0.9 },
  epochs: 3,
  batchSize: 20,
  earlyStopping: null,
})

/** Training and validation loss of every epoch. */
async function lossesOf(place: JobPlace, modelClass: number | null) {
  const { events, last, checkpoint } = await outcomeOf(
    jobOf(place, { task: 'pretrain', class: modelClass, resumeFrom: null }),
  )
  expect(last).toEqual({ type: 'done', results: [] })
  const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.trainLoss, event.validLoss!] : []))
  return { losses, checkpoint: checkpoint!.path }
}

/** What float32 explains, as a share of a loss, and between scores in nats; `docs/architecture.md` states both. */
const tolerance = { loss: 1e-5, score: 1e-3 }

/** Largest difference as a share of the expected value. */
const apart = (found: readonly number[], expected: readonly number[]): number =>
  Math.max(...expected.map((value, at) => Math.abs(found[at]! - value) / Math.abs(value)))

describe.each(['onnx', 'tfjs'])('%s gives the run of the reference, from the same seed', (engine) => {
  it.each(Object.keys(kinds) as (keyof typeof kinds)[])('of a model of kind %s', async (kind) => {
    const place = { spec: spec(kinds[kind]), dataset: kind === 'gae' ? shifts : rectangles, folder }
    const { losses } = await lossesOf({ ...place, engine }, null)
    const expected = await lossesOf({ ...place, engine: 'reference' }, null)
    expect(losses).toHaveLength(6)
    expect(apart(losses, expected.losses)).toBeLessThan(tolerance.loss)
  })

  it('of a classifier fine-tuned as a whole', async () => {
    const ends = []
    for (const one of [engine, 'reference']) {
      const classifier = { finetune: 'all', epochs: 2, learningRate: 0.001 }
      const place = { spec: { ...spec(kinds.mcae), classifier }, dataset: rectangles, folder, engine: one }
      const models = [(await lossesOf(place, 0)).checkpoint, (await lossesOf(place, 1)).checkpoint]
      const { events, checkpoint } = await finished(jobOf(place, { task: 'fit', models, resumeFrom: null }))
      const { results } = await outcomeOf(
        jobOf(place, { task: 'evaluate', checkpoint: checkpoint!.path, splits: ['test'] }),
      )
      const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.trainLoss, event.validLoss!] : []))
      ends.push({ losses, scores: [...results[0]!.scores!] })
    }
    const [found, expected] = ends
    expect(apart(found!.losses, expected!.losses)).toBeLessThan(tolerance.loss)
    found!.scores.forEach((score, at) => expect(Math.abs(score - expected!.scores[at]!)).toBeLessThan(tolerance.score))
  })
})

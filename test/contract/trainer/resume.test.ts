import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../src/main/saved/checkpoint'
import type { TrainerEvent } from '../../../src/shared/trainer'
import { datasetPath, finished, jobOf, outcomeOf, whiteningOf, type JobPlace } from '../../support/trainerJob'

let folder: string
let rectangles: string
let shifts: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-trainer-'))
  rectangles = await datasetPath(folder, { generator: 'rectangles', train: 120, valid: 60, test: 60 })
  shifts = await datasetPath(folder, { generator: 'shifts', train: 100, valid: 40, test: 40 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const small = { hidden: 12, factors: 10, mappings: 6 }
const afterEpoch = (wanted: number) => (event: TrainerEvent) => event.type === 'epoch' && event.epoch === wanted
const epochs = (events: TrainerEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch' ? [{ ...event, seconds: null }] : []))

const specs: [string, () => JobPlace, number | null][] = [
  [
    'mcae of one class, sgd with momentum, early stopping',
    () => ({
      spec: {
        model: { kind: 'mcae', ...small },
        epochs: 6,
        batchSize: 16,
        optimizer: { learningRate: 0.003 },
        classifier: {},
      },
      dataset: rectangles,
      folder,
    }),
    1,
  ],
  [
    'cae of all images, adam with weight decay and a falling rate',
    () => ({
      spec: {
        model: { kind: 'cae', ...small },
        preprocess: { contrast: true, center: true },
        epochs: 6,
        batchSize: 16,
        optimizer: { kind: 'adam', learningRate: 0.003, weightDecay: 0.001, schedule: 'linear' },
        earlyStopping: null,
      },
      dataset: rectangles,
      folder,
    }),
    null,
  ],
  [
    'gae of pairs, both objectives, whitened',
    () => ({
      spec: {
        model: { kind: 'gae', ...small, tied: false, objective: 'both' },
        preprocess: { contrast: true, whiten: true },
        epochs: 6,
        batchSize: 16,
        optimizer: { learningRate: 0.003 },
      },
      dataset: shifts,
      folder,
    }),
    null,
  ],
]

describe('a resumed training is the undisturbed one, bit for bit', () => {
  it.each(specs)('%s', async (_, place, modelClass) => {
    const whitening = await whiteningOf(place())
    const job = (resumeFrom: string | null) =>
      jobOf(place(), { task: 'pretrain', class: modelClass, resumeFrom, whitening })
    const undisturbed = await finished(job(null))
    const cancelled = await outcomeOf(job(null), afterEpoch(3))
    expect(cancelled.last).toEqual({ type: 'cancelled' })
    expect(cancelled.checkpoint).toMatchObject({ epoch: 3, final: false, class: modelClass, phase: 'pretrain' })
    const resumed = await finished(job(cancelled.checkpoint!.path))
    expect(epochs(resumed.events)).toEqual(epochs(undisturbed.events).slice(3))
    expect(resumed.saved.model).toEqual(undisturbed.saved.model)
    expect(undisturbed.saved.training).toMatchObject({ epoch: 6, final: true })
  })

  it('fine-tuning of all weights', async () => {
    const spec = {
      model: { kind: 'mcae', ...small },
      epochs: 2,
      batchSize: 16,
      optimizer: { kind: 'adam', learningRate: 0.003 },
      classifier: { finetune: 'all', epochs: 6, batchSize: 32, weightDecay: 0.001 },
    }
    const place = { spec, dataset: rectangles, folder }
    const models: string[] = []
    for (const modelClass of [0, 1]) {
      const { checkpoint } = await finished(jobOf(place, { task: 'pretrain', class: modelClass, resumeFrom: null }))
      models.push(checkpoint!.path)
    }
    const job = (resumeFrom: string | null) => jobOf(place, { task: 'fit', models, resumeFrom })
    const undisturbed = await finished(job(null))
    const cancelled = await outcomeOf(job(null), afterEpoch(3))
    expect(cancelled.checkpoint).toMatchObject({ epoch: 3, final: false, class: null, phase: 'fit' })
    const resumed = await finished(job(cancelled.checkpoint!.path))
    expect(epochs(resumed.events)).toEqual(epochs(undisturbed.events).filter(({ epoch }) => epoch > 3))
    expect(resumed.saved.model).toEqual(undisturbed.saved.model)
  })

  it('a finished checkpoint cannot be resumed', async () => {
    const place = specs[0]![1]()
    const task = { task: 'pretrain', class: 1 } as const
    const { checkpoint } = await finished(jobOf(place, { ...task, resumeFrom: null }))
    const { last } = await outcomeOf(jobOf(place, { ...task, resumeFrom: checkpoint!.path }))
    expect(last).toMatchObject({ type: 'failed', error: { code: 'NOT_RESUMABLE' } })
    expect((await readCheckpoint(checkpoint!.path)).carried).toEqual({})
  })
})

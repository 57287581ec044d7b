import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Scorer } from '../../../src/main/analysis/scorer'
import { openBackend } from '../../../src/main/compute/backend'
import { readCheckpoint } from '../../../src/main/saved/checkpoint'
import { trainerEventSchema, type SplitResult } from '../../../src/shared/trainer'
import { datasetPath, finished, jobOf, outcomeOf, type JobPlace } from '../../support/trainerJob'
import { asSeen } from '../../../src/main/saved/seen'

let folder: string
let rectangles: string
let shifts: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-jobs-'))
  rectangles = await datasetPath(folder, { generator: 'rectangles', train: 400, valid: 100, test: 150 })
  shifts = await datasetPath(folder, { generator: 'shifts', train: 300, valid: 60, test: 60 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const spec = {
  model: { kind: 'mcae', hidden: 40, factors: 40, mappings: 15, factorStd: 0.1 },
  preprocess: { contrast: true },
  optimizer: { kind: 'adam', learningRate: 0.002, schedule: 'linear' },
  epochs: 8,
  batchSize: 20,
  earlyStopping: null,
  classifier: { finetune: 'scales' },
}

const place = (changes: object = {}, dataset = rectangles): JobPlace => ({
  spec: { ...spec, ...changes },
  dataset,
  folder,
})

/** Trains the models of both classes and the classifier. */
async function classifier(where: JobPlace) {
  const models: string[] = []
  for (const modelClass of [0, 1]) {
    const { checkpoint } = await finished(jobOf(where, { task: 'pretrain', class: modelClass, resumeFrom: null }))
    models.push(checkpoint!.path)
  }
  return finished(jobOf(where, { task: 'fit', models, resumeFrom: null }))
}

const evaluated = async (where: JobPlace, checkpoint: string) => {
  const { results, last } = await outcomeOf(jobOf(where, { task: 'evaluate', checkpoint, splits: ['valid', 'test'] }))
  expect(last.type).toBe('done')
  return results
}

describe('a classifier', () => {
  it('learns to tell tall from wide, and its evaluation agrees with its own scores', async () => {
    const { checkpoint, events, saved } = await classifier(place())
    for (const event of events) expect(trainerEventSchema.safeParse(event).success).toBe(true)
    expect(saved.model).toMatchObject({ classes: 2, energy: 'conditional', description: { kind: 'mcae', inputs: 784 } })
    const [valid, test] = await evaluated(place(), checkpoint!.path)
    expect(valid!.evaluation.error).toBeLessThan(0.1)
    const { n, error, errorInterval, confusion, loss } = test!.evaluation
    expect(error).toBeLessThan(0.1)
    expect(errorInterval![0]).toBeLessThanOrEqual(error!)
    expect(errorInterval![1]).toBeGreaterThan(error!)
    expect(loss).toBeGreaterThan(0)
    expect(confusion!.flat().reduce((total, count) => total + count)).toBe(n)
    const wrong = [...test!.labels!].filter((label, at) => test!.predicted![at] !== label).length
    expect(error).toBeCloseTo(wrong / n, 12)
    test!.predicted!.forEach((predicted, at) => {
      const [tall, wide] = [test!.scores![2 * at]!, test!.scores![2 * at + 1]!]
      expect(predicted).toBe(wide > tall ? 1 : 0)
    })
  })

  it('gives its error under both energies, each fitted by itself, and the identity of score matching', async () => {
    const { checkpoint, saved } = await classifier(place({ classifier: { finetune: 'biases', energy: 'diagonal' } }))
    expect(saved.model.energy).toBe('diagonal')
    expect(saved.model.otherCoefficients!.B).not.toEqual(saved.model.coefficients!.B)
    const [valid, test] = await evaluated(place(), checkpoint!.path)
    const { error, errorInterval, nll, energies } = test!.evaluation
    expect(energies!.diagonal).toEqual({ error, errorInterval, nll })
    expect(energies!.conditional.nll).not.toBe(nll)
    // Training the same models to be compared by the other energy swaps the two.
    const { checkpoint: swapped } = await classifier(place({ classifier: { finetune: 'biases' } }))
    const [, conditional] = await evaluated(place(), swapped!.path)
    expect(conditional!.evaluation.error).toBe(energies!.conditional.error)
    expect(conditional!.evaluation.nll).toBeCloseTo(energies!.conditional.nll, 5)
    expect(conditional!.evaluation.energies!.diagonal.error).toBe(error)
    const { relativeDifference, tolerance, n, denoising } = valid!.evaluation.scoreMatching!
    expect(n).toBe(100)
    expect(denoising).toBeGreaterThan(0)
    expect(relativeDifference).toBeLessThan(tolerance)
    expect(test!.evaluation.scoreMatching).toBeUndefined()
  })

  it('is the same on the reference in float64', async () => {
    const tiny = {
      model: { ...spec.model, hidden: 5, factors: 5, mappings: 3 },
      epochs: 1,
      classifier: { finetune: 'biases' },
    }
    const small = await datasetPath(folder, { generator: 'rectangles', train: 40, valid: 20, test: 20 })
    const ends: SplitResult[] = []
    for (const engine of ['onnx', 'reference']) {
      const where = { ...place(tiny, small), engine }
      const { checkpoint } = await classifier(where)
      const [valid] = await evaluated(where, checkpoint!.path)
      ends.push(valid!)
    }
    expect(ends[0]!.evaluation.loss).toBeCloseTo(ends[1]!.evaluation.loss!, 2)
    ends[0]!.scores!.forEach((score, at) => expect(Math.abs(score - ends[1]!.scores![at]!)).toBeLessThan(0.05))
  })

  it('with held-out data fits its scales on images that the models have not seen', async () => {
    const held = { classifier: { finetune: 'scales', holdout: 0.25 } }
    const { saved, events } = await classifier(place(held))
    expect(saved.model.coefficients!.aM[0]).not.toBe(1)
    expect(events.filter(({ type }) => type === 'epoch')).toHaveLength(31)
    const { last } = await outcomeOf(
      jobOf(place({ classifier: { holdout: 0.9 }, batchSize: 1000 }), { task: 'pretrain', class: 0, resumeFrom: null }),
    )
    expect(last.type).toBe('done')
  })

  it('fine-tuned as a whole is never worse on the validation data than it started', async () => {
    const all = { finetune: 'all', epochs: 3, learningRate: 0.0003, corruption: { kind: 'mask', level: 0.1 } }
    const { events, saved } = await classifier(place({ classifier: all, epochs: 2 }))
    const errors = events.flatMap((event) => (event.type === 'epoch' ? [event.validError!] : []))
    expect(errors).toHaveLength(4)
    expect(saved.training!.best![0]).toBe(Math.min(...errors))
    expect(saved.model.otherCoefficients!.aC).not.toEqual(saved.model.coefficients!.aC)
  })
})

describe('Bernoulli visibles', () => {
  const bernoulli = { model: { ...spec.model, visible: 'bernoulli' }, preprocess: {}, epochs: 6 }

  it('classify, their scales and all their weights fitted through their own energies', async () => {
    const all = { finetune: 'all', epochs: 2, learningRate: 0.0003, corruption: { kind: 'mask', level: 0.1 } }
    const { checkpoint, saved } = await classifier(place({ ...bernoulli, classifier: all }))
    expect(saved.model.description.visible).toBe('bernoulli')
    const [, test] = await evaluated(place(bernoulli), checkpoint!.path)
    expect(test!.evaluation.error).toBeLessThan(0.1)
    expect(test!.evaluation.nll).toBeLessThan(0.5)
  })

  it('of pairs learn: the cross-entropy falls', async () => {
    const gae = {
      ...bernoulli,
      epochs: 30,
      model: { kind: 'gae', factors: 20, mappings: 10, visible: 'bernoulli', objective: 'both' },
    }
    const { events } = await finished(
      jobOf(place({ ...gae, classifier: undefined }, shifts), { task: 'pretrain', class: null, resumeFrom: null }),
    )
    const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.trainLoss] : []))
    expect(losses.at(-1)).toBeLessThan(0.95 * losses[0]!)
    expect(losses.at(-1)).toBeGreaterThan(0)
  })

  it('refuse to score pixels outside [0,1]', async () => {
    const { saved } = await finished(
      jobOf(place({ ...bernoulli, epochs: 1 }), { task: 'pretrain', class: 0, resumeFrom: null }),
    )
    const x = new Float32Array(784)
    x[7] = 1.5
    await expect(asSeen(saved.model, { n: 1, x, y: null })).rejects.toThrowError(
      expect.objectContaining({ code: 'PIXELS_RANGE', message: 'Bernoulli visibles take pixels in [0,1], x has 1.5' }),
    )
  })
})

describe('a model of all data', () => {
  it.each(['ae', 'cae', 'mcae', 'gae'])('learns with a decoder of its own (%s)', async (kind) => {
    const own = {
      model: { ...spec.model, kind, decoder: 'own' },
      classifier: undefined,
      epochs: kind === 'gae' ? 30 : 4,
    }
    const where = place(own, kind === 'gae' ? shifts : rectangles)
    const { events, saved } = await finished(jobOf(where, { task: 'pretrain', class: null, resumeFrom: null }))
    expect(saved.model.description.decoder).toBe('own')
    const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.trainLoss] : []))
    expect(losses.at(-1)).toBeLessThan(0.95 * losses[0]!)
    const scorer = new Scorer(await openBackend({ engine: 'onnx', device: 'cpu', threads: 1 }), saved.model)
    const x = new Float32Array(2 * saved.model.description.inputs).fill(0.25)
    const [pair] = await scorer.pairs({ x, y: kind === 'gae' ? x : null }, null, true)
    await scorer.dispose()
    expect(pair!.energy).toEqual({ yGivenX: null, xGivenY: null, conditional: null, diagonal: null })
    expect(pair!.gain).toBeNull()
    expect(pair!.reconstructionError.x).toBeGreaterThan(0)
  })

  it('of pairs is evaluated by its loss', async () => {
    const gae = { model: { kind: 'gae', factors: 20, mappings: 10, tied: false }, epochs: 2, classifier: undefined }
    const { checkpoint, saved } = await finished(
      jobOf(place(gae, shifts), { task: 'pretrain', class: null, resumeFrom: null }),
    )
    expect(Object.keys(saved.model.weights)).toEqual(['WX', 'WY', 'WM', 'bm', 'bx', 'by'])
    const [valid] = await evaluated(place(gae, shifts), checkpoint!.path)
    expect(valid).toMatchObject({ evaluation: { n: 60, error: null, nll: null, confusion: null }, scores: null })
    expect(valid!.evaluation.loss).toBeGreaterThan(0)
  })

  it('learns: its validation loss falls with every epoch', async () => {
    const one = { model: { kind: 'ae', hidden: 60 }, classifier: undefined, epochs: 10 }
    const { events } = await finished(jobOf(place(one), { task: 'pretrain', class: null, resumeFrom: null }))
    const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.validLoss!] : []))
    expect(losses).toHaveLength(10)
    expect(losses).toEqual([...losses].sort((a, b) => b - a))
  })
})

describe('refusals', () => {
  it.each([
    ['pairs for a cae', { model: { kind: 'cae' }, classifier: undefined }, () => shifts, null, 'SPEC_DATASET'],
    [
      'single images for a gae',
      { model: { kind: 'gae' }, classifier: undefined },
      () => rectangles,
      null,
      'SPEC_DATASET',
    ],
    ['a class that is not there', {}, () => rectangles, 7, 'CLASS_UNKNOWN'],
    ['a file that is not there', {}, () => join(folder, 'none'), 0, 'FILE_UNREADABLE'],
  ])('%s', async (_, changes, dataset, modelClass, code) => {
    const job = jobOf(place(changes, dataset()), { task: 'pretrain', class: modelClass, resumeFrom: null })
    expect((await outcomeOf(job)).last).toMatchObject({ type: 'failed', error: { code } })
  })

  it('early stopping without validation data', async () => {
    const none = await datasetPath(folder, { generator: 'rectangles', train: 20, valid: 0, test: 0 })
    const job = jobOf(place({ earlyStopping: { patience: 3 } }, none), { task: 'pretrain', class: 0, resumeFrom: null })
    expect((await outcomeOf(job)).last).toMatchObject({ type: 'failed', error: { code: 'SPLIT_EMPTY' } })
  })

  it('a rate that diverges stops with the epoch, and leaves no half-written file', async () => {
    const rate = { optimizer: { kind: 'sgd', learningRate: 10, momentum: 0.9 } }
    const { last } = await outcomeOf(jobOf(place(rate), { task: 'pretrain', class: 0, resumeFrom: null }))
    expect(last).toMatchObject({ type: 'failed', error: { code: 'DIVERGED' } })
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([])
  })

  it('a checkpoint that was cut short or is another file', async () => {
    const { checkpoint } = await finished(jobOf(place({ epochs: 1 }), { task: 'pretrain', class: 0, resumeFrom: null }))
    const { readFile } = await import('node:fs/promises')
    const bytes = await readFile(checkpoint!.path)
    const cut = join(folder, 'cut.safetensors')
    await writeFile(cut, bytes.subarray(0, bytes.length - 10))
    await expect(readCheckpoint(cut)).rejects.toMatchObject({ code: 'SAFETENSORS_DAMAGED' })
    await expect(readCheckpoint(rectangles)).rejects.toMatchObject({ code: 'CHECKPOINT_DAMAGED' })
    await expect(readCheckpoint(join(folder, 'none'))).rejects.toMatchObject({ code: 'CHECKPOINT_MISSING' })
  })
})

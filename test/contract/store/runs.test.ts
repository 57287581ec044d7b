import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { evaluationSchema, runDetailSchema, runSummarySchema } from '../../../src/shared/runs'
import type { CheckpointInfo, SplitResult } from '../../../src/shared/trainer'
import { selectPredictions } from '../../../src/main/store/results'
import type { Store } from '../../../src/main/store/store'
import { Folder, newDataset, newRun, spec } from './fixtures'

const checkpoint = (digit: string, changes: Partial<CheckpointInfo> = {}): CheckpointInfo => ({
  sha256: digit.repeat(64),
  path: 'ignored',
  bytes: 12,
  phase: 'pretrain',
  class: 0,
  epoch: 1,
  final: false,
  ...changes,
})

const testResult: SplitResult = {
  evaluation: evaluationSchema.parse({
    split: 'test',
    n: 4,
    loss: 1.5,
    error: 0.5,
    errorInterval: [0.15, 0.85],
    nll: 0.7,
    confusion: [
      [1, 1],
      [1, 1],
    ],
  }),
  labels: Int32Array.of(0, 0, 1, 1),
  predicted: Int32Array.of(0, 1, 0, 1),
  scores: Float32Array.of(2, 1, 1, 2, 3, 0, 0, 3),
}

describe('runs', () => {
  let folder: Folder
  let store: Store
  beforeEach(async () => {
    folder = await Folder.make()
    store = await folder.open()
  })
  afterEach(() => folder.remove())

  it('are listed newest first, with a colour slot each, next in order', async () => {
    for (let i = 0; i < 10; i++) await store.runs.create(newRun(`run ${i}`))
    const runs = await store.runs.list({ inBin: false })
    expect(runs.map(({ name }) => name)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((i) => `run ${i}`))
    expect(runs.map(({ slot }) => slot)).toEqual([1, 0, 7, 6, 5, 4, 3, 2, 1, 0])
    expect(() => runs.forEach((run) => runSummarySchema.parse(run))).not.toThrow()
  })

  it('keep their spec, their dataset and how they were trained', async () => {
    const dataset = await store.datasets.add(newDataset('rect'))
    const { id } = await store.runs.create(newRun('first', { dataset }))
    const generation = (await store.leases.claim(id, 'me', process.pid))!
    const engine = { engine: 'onnx', device: 'cpu', dtype: 'float32', versions: { onnxruntime: '1.30' } }
    await store.runs.recordEngine(id, generation, engine, null)
    const detail = await store.runs.detail(id)
    expect(runDetailSchema.parse(detail)).toEqual(detail)
    expect(detail).toMatchObject({
      ...engine,
      status: 'running',
      spec: spec(),
      datasetHash: dataset.hash,
      datasetInfo: dataset,
      resumed: [],
      hasCheckpoint: false,
    })
  })

  it('record every resumption with its engine, once', async () => {
    const { id } = await store.runs.create(newRun('first'))
    const engine = { engine: 'onnx', device: 'cpu', dtype: 'float32', versions: {} }
    const first = (await store.leases.claim(id, 'me', process.pid))!
    await store.runs.recordEngine(id, first, engine, null)
    await store.leases.release(id, first, { status: 'cancelled', exitReason: 'cancelled', error: null })
    expect(await store.runs.enqueue(id)).toBe(true)
    const second = (await store.leases.claim(id, 'me', process.pid))!
    await store.runs.recordEngine(id, second, { ...engine, device: 'webgpu' }, 'cancelled')
    await store.runs.recordEngine(id, second, { ...engine, device: 'webgpu' }, 'cancelled')
    const { resumed } = await store.runs.detail(id)
    expect(resumed).toEqual([{ at: expect.any(String), engine: 'onnx', device: 'webgpu', after: 'cancelled' }])
  })

  it('are found by id, unique prefix or unique name', async () => {
    const a = await store.runs.create(newRun('rect-1'))
    await store.runs.create(newRun('twice'))
    await store.runs.create(newRun('twice'))
    expect(await store.runs.find(a.id)).toBe(a.id)
    expect(await store.runs.find(a.id.slice(0, 8))).toBe(a.id)
    expect(await store.runs.find('rect-1')).toBe(a.id)
    await expect(store.runs.find('twice')).rejects.toMatchObject({ code: 'RUN_AMBIGUOUS' })
    await expect(store.runs.find('rect')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
    await expect(store.runs.find('')).rejects.toMatchObject({ code: 'RUN_AMBIGUOUS' })
    await expect(store.runs.find('100%_')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it('go to the bin and come back; purging deletes their files and rows', async () => {
    const { id } = await store.runs.create(newRun('first'))
    await store.checkpoints.adopt(id, 0, checkpoint('1'))
    await store.runs.moveToBin(id)
    expect(await store.runs.list({ inBin: false })).toEqual([])
    expect(await store.leases.waiting()).toEqual([])
    expect(await store.leases.claim(id, 'me', process.pid)).toBeNull()
    expect(await store.runs.find('first')).toBe(id)
    await store.runs.restore(id)
    expect(await store.leases.waiting()).toEqual([id])
    expect(await store.runs.purge(id)).toEqual([])
    await store.runs.moveToBin(id)
    expect(await store.runs.purge(id)).toEqual([store.checkpoints.path('1'.repeat(64))])
    await expect(store.runs.find(id)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
    expect(await store.checkpoints.list(id)).toEqual([])
  })

  it('are not binned while they run', async () => {
    const { id } = await store.runs.create(newRun('first'))
    await store.leases.claim(id, 'me', process.pid)
    await expect(store.runs.moveToBin(id)).rejects.toMatchObject({ code: 'RUN_ACTIVE' })
  })

  it('keep metrics by phase, class and epoch; a repeated epoch replaces the earlier one', async () => {
    const { id } = await store.runs.create(newRun('first'))
    const metric = {
      phase: 'pretrain' as const,
      class: 1,
      epoch: 1,
      trainLoss: 3,
      validLoss: 4,
      validError: null,
      seconds: 1,
    }
    const fit = { ...metric, phase: 'fit' as const, class: null, epoch: 30, validError: 0.25 }
    await store.metrics.add(id, 0, [fit, { ...metric, epoch: 2 }, metric])
    await store.metrics.add(id, 0, [{ ...metric, epoch: 2, trainLoss: 2.5 }])
    expect(await store.metrics.list(id)).toEqual([metric, { ...metric, epoch: 2, trainLoss: 2.5 }, fit])
    expect((await store.runs.summary(id)).epochs).toBe(2)
  })

  it('keep evaluations, and predictions by cell of the confusion matrix', async () => {
    const { id } = await store.runs.create(newRun('first'))
    await store.results.put(id, 0, [testResult])
    expect((await store.runs.list({ inBin: false }))[0]?.test).toEqual(testResult.evaluation)
    expect((await store.runs.summary(id)).valid).toBeNull()
    const predictions = (await store.results.predictions(id, 'test'))!
    expect(predictions).toEqual({
      labels: testResult.labels,
      predicted: testResult.predicted,
      scores: testResult.scores,
    })
    expect(await store.results.predictions(id, 'valid')).toBeNull()
    const wrong = { index: 1, label: 0, predicted: 1, scores: [1, 2] }
    expect(selectPredictions(predictions, { at: 0, count: 1 })).toEqual({ total: 2, rows: [wrong] })
    expect(selectPredictions(predictions, { label: 0, predicted: 1, at: 0, count: 9 })).toEqual({
      total: 1,
      rows: [wrong],
    })
    expect(selectPredictions(predictions, { label: 1, predicted: 1, at: 0, count: 9 }).rows[0]?.index).toBe(3)
  })

  it('list errors by how far the true class lies below the highest score, where asked', () => {
    const predictions = {
      labels: Int32Array.of(0, 0, 1, 1, 0),
      predicted: Int32Array.of(1, 0, 0, 0, 1),
      scores: Float32Array.of(1, 2, 5, 0, 9, 1, 3, 2, 0, 4),
    }
    const order = (by: 'index' | 'margin') =>
      selectPredictions(predictions, { order: by, at: 0, count: 9 }).rows.map(({ index }) => index)
    expect(order('index')).toEqual([0, 2, 3, 4])
    expect(order('margin')).toEqual([2, 4, 0, 3])
    expect(selectPredictions(predictions, { order: 'margin', at: 1, count: 1 }).rows[0]?.index).toBe(4)
  })

  it('hold one checkpoint for each phase and class and give back the file that it replaces', async () => {
    const { id } = await store.runs.create(newRun('first'))
    expect(await store.checkpoints.adopt(id, 0, checkpoint('1'))).toEqual([])
    expect(await store.checkpoints.adopt(id, 0, checkpoint('2', { class: null, phase: 'fit' }))).toEqual([])
    expect(await store.checkpoints.adopt(id, 0, checkpoint('1', { epoch: 2 }))).toEqual([])
    expect(await store.checkpoints.adopt(id, 0, checkpoint('3', { epoch: 3, final: true }))).toEqual([
      store.checkpoints.path('1'.repeat(64)),
    ])
    expect(await store.checkpoints.list(id)).toEqual([
      checkpoint('2', { class: null, phase: 'fit', path: store.checkpoints.path('2'.repeat(64)) }),
      checkpoint('3', { epoch: 3, final: true, path: store.checkpoints.path('3'.repeat(64)) }),
    ])
    expect((await store.runs.detail(id)).hasCheckpoint).toBe(true)
  })

  it('keep a file that two runs share until the last of them is purged', async () => {
    const [a, b] = [await store.runs.create(newRun('a')), await store.runs.create(newRun('b'))]
    await store.checkpoints.adopt(a.id, 0, checkpoint('1'))
    await store.checkpoints.adopt(b.id, 0, checkpoint('1'))
    await store.runs.moveToBin(a.id)
    expect(await store.runs.purge(a.id)).toEqual([])
    await store.runs.moveToBin(b.id)
    expect(await store.runs.purge(b.id)).toHaveLength(1)
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import type { Launch } from '../../../src/main/children/child'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { openStore, type Store } from '../../../src/main/store/store'
import type { RunDetail } from '../../../src/shared/runs'
import { runSpecSchema, type RunSpecInput } from '../../../src/shared/spec/schema'
import type { TrainerJob, TrainerRequest } from '../../../src/shared/trainer'

const counts = { train: 100, valid: 20, test: 20 }
const classifier: RunSpecInput = {
  model: { kind: 'ae', hidden: 8 },
  dataset: 'rect',
  epochs: 3,
  batchSize: 20,
  preprocess: { whiten: true },
  classifier: { finetune: 'all', epochs: 3, batchSize: 20 },
}
const endless: RunSpecInput = {
  model: { kind: 'ae', hidden: 8 },
  dataset: 'rect',
  epochs: 1_000_000,
  earlyStopping: null,
}

let folder: string
let store: Store
let app: App
/** What trainers were asked for, how many live, and how many lived at most. */
const jobs: TrainerJob[] = []
let [living, most] = [0, 0]
const launch: Launch = (program) => {
  const child = launchNodeChild('out/main')(program)
  if (program !== 'trainer') return child
  living++
  most = Math.max(most, living)
  child.onExit(() => living--)
  return {
    get pid() {
      return child.pid
    },
    send: (message) => {
      const request = message as TrainerRequest
      if (request.type === 'start') jobs.push(request.job)
      child.send(message)
    },
    onMessage: (listener) => child.onMessage(listener),
    onExit: (listener) => child.onExit(listener),
    kill: () => child.kill(),
  }
}
const open = (host: 'cli' | 'served') => createApp({ data: folder, launch, host })
async function queued(name: string, spec: RunSpecInput, threads?: number): Promise<string> {
  const dataset = await store.datasets.find('rect')
  const run = { name, spec: runSpecSchema.parse(spec), dataset, requestedDevice: 'cpu' as const, threads }
  return (await store.runs.create({ ...run, status: 'queued' })).id
}
const until = (ids: readonly string[], status: string) =>
  expect
    .poll(async () => (await Promise.all(ids.map((id) => store.runs.summary(id)))).map((run) => run.status), {
      timeout: 60_000,
      interval: 100,
    })
    .toEqual(ids.map(() => status))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-queue-'))
  app = await open('cli')
  await app.datasets.generate({ name: 'rect', generator: 'rectangles', seed: 1, ...counts })
  store = await openStore(folder)
}, 60_000)
afterAll(async () => {
  await app.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** Every figure of both splits. */
const figures = ({ valid, test: tested }: RunDetail): number[] =>
  [valid, tested].flatMap((of) => [of!.loss!, of!.error!, of!.nll!, of!.coefficients?.aM[0] ?? 0])

test('a run of one thread has it in every phase, and agrees with the run that `train` makes', async () => {
  const { id: trained } = await app.runs.createHeld({ name: 'trained', spec: classifier, device: 'cpu' })
  await app.executor.execute(trained, { signal: new AbortController().signal })
  const one = await queued('one thread', classifier, 1)
  jobs.length = 0
  // Those of the run before have been told to go.
  await expect.poll(() => living, { timeout: 30_000 }).toBe(0)
  most = 0
  const served = await open('served')
  await until([one], 'done')
  await served.close()
  expect([...new Set(jobs.map(({ task }) => task))].sort()).toEqual(['evaluate', 'fit', 'pretrain', 'whiten'])
  expect(jobs.map(({ threads }) => threads)).toEqual(jobs.map(() => 1))
  expect(most).toBe(1)
  const [mine, theirs] = await Promise.all([one, trained].map((id) => store.runs.detail(id)))
  expect([mine!.threads, theirs!.threads]).toEqual([1, null])
  const wanted = figures(theirs!)
  for (const [place, value] of figures(mine!).entries()) {
    expect(Math.abs(value - wanted[place]!)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(wanted[place]!)))
  }
}, 120_000)

test('several run at once; a workbench that closes puts them back, and the next one goes on with them', async () => {
  const ids = [await queued('a', endless, 1), await queued('b', endless, 1)]
  await store.queue.keep({ slots: 2 })
  let served = await open('served')
  await until(ids, 'running')
  await expect.poll(async () => (await served.running()).sort()).toEqual(['a', 'b'])
  await expect.poll(async () => (await store.runs.summary(ids[0]!)).epochs, { timeout: 60_000 }).toBeGreaterThan(0)
  await served.close()
  await until(ids, 'queued')
  expect((await app.queue.list()).runs.map(({ name }) => name)).toEqual(['a', 'b'])
  const { epochs } = await store.runs.summary(ids[0]!)

  // Paused, the next one lets them wait.
  await app.queue.pause()
  served = await open('served')
  await served.workbench.runs.list({ inBin: false })
  expect(await served.running()).toEqual([])
  await app.queue.resume()
  await until(ids, 'running')
  await expect.poll(async () => (await store.runs.summary(ids[0]!)).epochs, { timeout: 60_000 }).toBeGreaterThan(epochs)
  expect((await store.runs.detail(ids[0]!)).resumed).toMatchObject([{ after: 'the workbench was closed' }])
  for (const run of ids) await served.workbench.runs.cancel({ run })
  await until(ids, 'cancelled')
  await served.close()
}, 120_000)

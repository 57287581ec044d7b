import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { openStore } from '../../../src/main/store/store'
import { runSpecSchema } from '../../../src/shared/spec/schema'
import { startWorkbench, type ServedWorkbench } from '../../e2e/support/workbench'
import { cli } from '../../support/cli'
import { stream } from '../../support/fake/pictures'

const specOf = (seed: number) =>
  runSpecSchema.parse({ model: { kind: 'ae', hidden: 12 }, dataset: 'rect', epochs: 30, batchSize: 10, seed })
const seeds = Array.from({ length: 12 }, (_, nth) => nth + 1)
const kills = 10

let folder: string
let app: App
const served: ServedWorkbench[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-queue-'))
  const counts = ['--train', '200', '--valid', '20', '--test', '20']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', '--data', folder)).code).toBe(0)
  app = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'cli' })
}, 60_000)
afterAll(async () => {
  await Promise.all(served.map((workbench) => workbench.stop()))
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

/** As `train` does: one after another, with as many threads as its phases want. */
async function trainAlone(seed: number): Promise<string> {
  const { id } = await app.runs.createHeld({ name: `alone-${seed}`, spec: specOf(seed), device: 'cpu' })
  await app.executor.execute(id, { signal: new AbortController().signal })
  return id
}

test('two workbenches work a queue off under ten kills: every run exactly once, and equal to the run made alone', async () => {
  const alone = new Map<number, string>()
  for (const seed of seeds) alone.set(seed, await trainAlone(seed))
  const store = await openStore(folder)
  const dataset = await store.datasets.find('rect')
  const queued = new Map<number, string>()
  for (const seed of seeds) {
    const run = { name: `queued-${seed}`, spec: specOf(seed), dataset, requestedDevice: 'cpu' as const, threads: 1 }
    queued.set(seed, (await store.runs.create({ ...run, status: 'queued' })).id)
  }
  const ids = [...queued.values()]
  const all = () => Promise.all(ids.map((id) => store.runs.summary(id)))
  const resumed = new Map(ids.map((id) => [id, 0]))
  const resumeAll = async () => {
    await store.leases.markInterrupted()
    for (const { id, status } of await all()) {
      if (status !== 'interrupted') continue
      await app.runs.resume({ run: id })
      resumed.set(id, (resumed.get(id) ?? 0) + 1)
    }
  }

  served.push(...(await Promise.all([startWorkbench(folder), startWorkbench(folder)])))
  const random = stream(3)
  for (let kill = 0; kill < kills; kill++) {
    await wait(700 * random())
    const at = kill % served.length
    process.kill(served[at]!.pid, 'SIGKILL')
    served[at] = await startWorkbench(folder)
    await resumeAll()
  }
  await expect
    .poll(
      async () => {
        await resumeAll()
        return (await all()).map(({ status }) => status)
      },
      { timeout: 90_000, interval: 250 },
    )
    .toEqual(ids.map(() => 'done'))

  expect([...resumed.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0)
  for (const seed of seeds) {
    const [one, other] = await Promise.all([queued, alone].map((of) => store.runs.detail(of.get(seed)!)))
    expect(one).toMatchObject({ threads: 1, position: null, error: null })
    // Each start after the first was asked for here.
    expect(one!.resumed.length).toBeLessThanOrEqual(resumed.get(one!.id)!)
    expect(one!.epochs).toBe(other!.epochs)
    const [mine, theirs] = await Promise.all([one!, other!].map(({ id }) => store.metrics.list(id)))
    expect(mine!.map(({ epoch }) => epoch)).toEqual(theirs!.map(({ epoch }) => epoch))
    for (const split of ['valid', 'test'] as const) {
      const [loss, wanted] = [one![split]!.loss!, other![split]!.loss!]
      expect(Math.abs(loss - wanted) / Math.abs(wanted)).toBeLessThan(1e-5)
    }
  }
  await store.close()
}, 240_000)

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { openStore, type Store } from '../../../src/main/store/store'
import { cli, startCli, type RunningCli } from '../../support/cli'
import { stream } from '../../support/fake/pictures'

const kills = 10
const spec = {
  name: 'killed',
  base: { model: { kind: 'ae', hidden: 8 }, epochs: 100, batchSize: 10, earlyStopping: null },
  dataset: 'rect',
  axes: { 'optimizer.learningRate': [0.001, 0.01], 'model.hidden': [6, 8] },
  seeds: [1, 2, 3],
}

let folder: string
let app: App
let store: Store
const running: RunningCli[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-sweep-kill-'))
  const counts = ['--train', '200', '--valid', '20', '--test', '20']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', '--data', folder)).code).toBe(0)
  app = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'cli' })
  store = await openStore(folder)
}, 60_000)
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await store.close()
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

test('two processes work a sweep off under ten kills: every run exactly once, and equal to the run made alone', async () => {
  const path = join(folder, 'sweep.json')
  await writeFile(path, JSON.stringify(spec))
  const listed = await app.sweeps.create({ spec })
  expect(listed.runs).toHaveLength(12)
  const start = () => startCli(['sweep', path, '--data', folder])
  running.push(start(), start())
  const random = stream(5)
  /** Whether a run was seen that works for a second time. */
  let again = false
  for (let kill = 0; kill < kills; kill++) {
    const working = async () => {
      const rows = await store.queue.running()
      again ||= rows.some(({ generation }) => generation > 1)
      return rows.length > 0 || (await app.sweeps.get({ sweep: 'killed' })).progress.fraction === 1
    }
    await expect.poll(working, { timeout: 30_000, interval: 20 }).toBe(true)
    await wait(1500 * random())
    const at = kill % running.length
    running[at]!.child.kill('SIGKILL')
    await running[at]!.result
    running[at] = start()
  }
  // Of two that end at once one may leave before the other has put back what died.
  await Promise.all(running.map(({ result }) => result))
  const { code, document } = await startCli(['sweep', 'resume', 'killed', '--data', folder]).result
  expect(code).toBe(0)
  const { runs } = document as { runs: { run: string; name: string; status: string }[] }
  expect(runs.map(({ status }) => status)).toEqual(Array(12).fill('done'))
  expect(runs.map(({ run, name }) => ({ run, name }))).toEqual(listed.runs.map(({ run, name }) => ({ run, name })))
  expect(await store.runs.list({ inBin: false })).toHaveLength(12)

  const begun = (await Promise.all(runs.map(({ run }) => store.runs.detail(run)))).map(({ resumed }) => resumed.length)
  expect(again).toBe(true)
  // Two slots: a kill ends two runs at most.
  expect(begun.reduce((sum, times) => sum + times, 0)).toBeLessThanOrEqual(2 * kills)
  const equalAlone = async ({ run }: { run: string }) => {
    const one = await store.runs.detail(run)
    expect(one).toMatchObject({ threads: 1, position: null, error: null })
    const { id } = await app.runs.createHeld({ name: `alone ${one.name}`, spec: one.spec })
    await app.executor.execute(id, { signal: new AbortController().signal })
    const alone = await store.runs.detail(id)
    expect(one.epochs).toBe(alone.epochs)
    const [mine, theirs] = await Promise.all([run, id].map((each) => store.metrics.list(each)))
    expect(mine!.map(({ epoch }) => epoch)).toEqual(theirs!.map(({ epoch }) => epoch))
    for (const split of ['valid', 'test'] as const) {
      expect(Math.abs(one[split]!.loss! / alone[split]!.loss! - 1)).toBeLessThan(1e-5)
    }
  }
  // To start a trainer takes longer than to train: three at once.
  for (let at = 0; at < runs.length; at += 3) await Promise.all(runs.slice(at, at + 3).map(equalAlone))
}, 240_000)

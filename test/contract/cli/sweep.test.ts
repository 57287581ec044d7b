import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { openStore, type Store } from '../../../src/main/store/store'
import type { SweepSpecInput } from '../../../src/shared/sweeps'
import { cli, startCli } from '../../support/cli'

interface Told {
  sweep: string | null
  name: string
  runs: {
    run: string | null
    name: string
    settings: Record<string, unknown>
    seed: number
    rung: number
    epochs: number
    status: string
    valid: { error?: number; loss: number } | null
    test: { loss: number } | null
  }[]
  best: { settings: object; n: number; valid: { error: { mean: number; std: number | null } | null } } | null
  notices: string[]
}

let folder: string
let store: Store
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-sweep-'))
  const counts = ['--train', '60', '--valid', '20', '--test', '20']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', '--data', folder)).code).toBe(0)
  store = await openStore(folder)
}, 60_000)
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const base = { model: { kind: 'ae', hidden: 4 }, epochs: 1, batchSize: 20, classifier: {} }
async function specFile(spec: Partial<SweepSpecInput> & { name: string }): Promise<string> {
  const path = join(folder, `${spec.name}.json`)
  await writeFile(path, JSON.stringify({ base, dataset: 'rect', axes: {}, ...spec }))
  return path
}
const sweep = async (...args: string[]) => {
  const { code, document, errors } = await cli('sweep', ...args, '--data', folder)
  return { code, told: document as Told, errors }
}
const runsOf = async (name: string) => (await store.runs.list({ inBin: false })).filter((run) => run.sweep === name)

test('the list is shown, made, worked off with one thread a run, and the best told by validation', async () => {
  const axes = { 'optimizer.learningRate': [0.001, 0.01, 0.1] }
  const path = await specFile({ name: 'lr', axes, seeds: [1, 2] })
  const planned = await sweep(path, '--dry-run')
  expect(planned).toMatchObject({ code: 0, told: { sweep: null, best: null } })
  expect(await runsOf('lr')).toEqual([])

  const lines: Record<string, unknown>[] = []
  const running = startCli(['sweep', path, '--data', folder], (line) => lines.push(JSON.parse(line)))
  const { code, document } = await running.result
  const told = document as Told
  expect(code).toBe(0)
  const listed = ({ runs }: Told) => runs.map(({ name, settings, seed }) => ({ name, settings, seed }))
  expect(listed(told)).toEqual(listed(planned.told))
  expect(told.runs.map(({ status }) => status)).toEqual(Array(6).fill('done'))
  expect(lines.at(-1)).toMatchObject({ sweep: 'lr', done: 6, of: 6, eta: 0 })
  const means = [0, 1, 2].map((at) => (told.runs[2 * at]!.valid!.error! + told.runs[2 * at + 1]!.valid!.error!) / 2)
  const best = told.best!
  expect(best).toMatchObject({ n: 2, valid: { error: { mean: Math.min(...means) } } })
  expect(best.settings).toEqual(told.runs[2 * means.indexOf(Math.min(...means))]!.settings)
  expect(told.notices.join(' ')).toContain('Best of 3 by validation error')

  for (const { threads, spec } of await Promise.all((await runsOf('lr')).map(({ id }) => store.runs.detail(id)))) {
    expect(threads).toBe(1)
    expect(spec).toMatchObject({ dataset: 'rect', model: { hidden: 4 } })
  }
  const shown = await cli('runs', 'list', '--filter', 'sweep = lr and seed = 2', '--data', folder)
  expect((shown.document as { total: number }).total).toBe(3)

  // The same file is the same sweep: nothing is made or run again, by name, by id, or by the file.
  for (const args of [[path], ['show', 'lr'], ['show', told.sweep!.slice(0, 8)], ['resume', path]]) {
    expect((await sweep(...args)).told).toEqual(told)
  }
}, 90_000)

test('a sweep grows by seeds and settings, and by nothing else', async () => {
  const axes = { 'optimizer.learningRate': { from: 0.001, to: 0.1, scale: 'log' as const } }
  const spec = { name: 'more', axes, method: 'random' as const, runs: 1, seeds: [1] }
  const before = (await sweep(await specFile(spec))).told
  const more = await sweep(await specFile({ ...spec, runs: 2, seeds: [1, 2] }))
  expect(more.code).toBe(0)
  expect(more.told.runs.map(({ name }) => name)).toEqual(['more-1-s1', 'more-1-s2', 'more-2-s1', 'more-2-s2'])
  expect(more.told.runs[0]).toEqual(before.runs[0])
  const changed = await sweep(await specFile({ ...spec, seed: 9 }))
  expect(changed.code).toBe(2)
  expect(JSON.parse(changed.errors.at(-1)!)).toMatchObject({ error: { code: 'SWEEP_CHANGED', where: 'more' } })
  expect(await runsOf('more')).toHaveLength(4)
}, 60_000)

test('what cannot be trained is refused before anything is made', async () => {
  const path = await specFile({ name: 'wrong', axes: { 'optimizer.learningRate': [0.1, 20] } })
  const { code, errors } = await sweep(path)
  expect(code).toBe(2)
  expect(JSON.parse(errors.at(-1)!)).toMatchObject({
    error: { code: 'SWEEP_SETTING', where: 'axes, optimizer.learningRate' },
  })
  expect(await store.sweeps.named('wrong')).toBeNull()
  expect(await sweep('show', 'wrong')).toMatchObject({ code: 2, told: undefined })
})

test('a run that diverges makes it end in 1, by name; the others are done, and it is not tried again', async () => {
  const diverges = { kind: 'sgd', learningRate: 10, momentum: 0.999 }
  const axes = { optimizer: [{}, diverges], 'model.activation': ['sigmoid'], epochs: [3] }
  const linear = { ...base, classifier: undefined, model: { kind: 'mcae', hidden: 4, factors: 4, mappings: 4 } }
  const path = await specFile({ name: 'far', base: linear, axes })
  const { code, told, errors } = await sweep(path)
  expect(told.runs.map(({ status }) => status)).toEqual(['done', 'failed'])
  expect(code).toBe(1)
  expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: { code: 'SWEEP_FAILED', where: 'far' } })
  expect(told.notices.join(' ')).toMatch(/far-2-s1/)
  const run = (await runsOf('far')).find(({ status }) => status === 'failed')!
  expect((await sweep('resume', 'far')).code).toBe(1)
  expect((await store.runs.detail(run.id)).resumed).toEqual([])
}, 60_000)

test('Ctrl-C checkpoints and stops with 130; what was cancelled or deleted is run by one command', async () => {
  const long = { ...base, classifier: undefined, epochs: 300, earlyStopping: null }
  const path = await specFile({ name: 'stop', base: long, seeds: [1, 2, 3, 4] })
  let begun = false
  const running = startCli(['sweep', path, '--data', folder], (line) => {
    const { epoch } = JSON.parse(line) as { epoch?: number }
    if (begun || !((epoch ?? 0) > 0)) return
    begun = true
    running.child.kill('SIGINT')
  })
  const { code, document } = await running.result
  expect(code).toBe(130)
  expect((document as Told).runs.map(({ status }) => status)).not.toContain('running')

  const cancelled = (await sweep('cancel', 'stop')).told
  expect(new Set(cancelled.runs.map(({ status }) => status))).toEqual(
    new Set(cancelled.runs.some(({ status }) => status === 'done') ? ['done', 'cancelled'] : ['cancelled']),
  )
  const [binned, deleted] = cancelled.runs.slice(2).map(({ run }) => run!)
  await store.runs.moveToBin(binned!)
  await store.runs.moveToBin(deleted!)
  await store.runs.purge(deleted!)
  const rest = await sweep('resume', 'stop')
  expect(rest.code).toBe(0)
  expect(rest.told.runs.map(({ status }) => status)).toEqual(Array(4).fill('done'))
  expect(rest.told.runs.map(({ name }) => name)).toEqual(cancelled.runs.map(({ name }) => name))
  expect(rest.told.runs.slice(0, 3).map(({ run }) => run)).toEqual(cancelled.runs.slice(0, 3).map(({ run }) => run))
  expect(await runsOf('stop')).toHaveLength(4)
}, 90_000)

test('the best quarter goes on from its checkpoints, and ends as the longer run made alone', async () => {
  const axes = { 'corruption.level': [0.1, 0.2, 0.3, 0.4, 0.5] }
  const stops = { ...base, earlyStopping: { patience: 2 }, optimizer: { kind: 'adam', learningRate: 0.01 } }
  const path = await specFile({ name: 'halves', base: stops, axes, halving: { epochs: [1, 3, 6] } })
  const { code, told } = await sweep(path)
  expect(code).toBe(0)
  expect(told.runs.map(({ rung, epochs }) => [rung, epochs])).toEqual([
    ...Array(5).fill([1, 1]),
    ...Array(2).fill([2, 3]),
    [3, 6],
  ])
  const on = (rung: number) => told.runs.filter((run) => run.rung === rung)
  const best = on(1).toSorted((a, b) => a.valid!.error! - b.valid!.error!)
  const chosen = on(1).filter((run) => best.slice(0, 2).includes(run))
  expect(on(2).map(({ settings }) => settings)).toEqual(chosen.map(({ settings }) => settings))
  expect(told.notices.join(' ')).toMatch(/go on to 3, the best one goes on to 6, from their checkpoints/)

  const continued = await store.runs.detail(on(3)[0]!.run!)
  expect(continued.resumed).toMatchObject([{ after: `it goes on from ${continued.name.replace('e6', 'e3')}` }])
  const app: App = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'cli' })
  try {
    const { id } = await app.runs.createHeld({ spec: continued.spec, name: 'alone' })
    await app.executor.execute(id, { signal: new AbortController().signal })
    const alone = await store.runs.detail(id)
    const curve = async (run: string) => (await store.metrics.list(run)).map(({ seconds: _, ...metric }) => metric)
    expect(await curve(continued.id)).toEqual(await curve(id))
    expect(continued.epochs).toBe(alone.epochs)
    for (const split of ['valid', 'test'] as const) {
      expect(continued[split]!.error).toBe(alone[split]!.error)
      expect(Math.abs(continued[split]!.loss! / alone[split]!.loss! - 1)).toBeLessThan(1e-5)
      expect(Math.abs(continued[split]!.nll! / alone[split]!.nll! - 1)).toBeLessThan(1e-5)
    }
  } finally {
    await app.close()
  }
}, 120_000)

test('it goes on anew where the schedule depends on the length, and says so', async () => {
  const linear = { ...base, classifier: undefined, optimizer: { schedule: 'linear' } }
  const path = await specFile({ name: 'anew', base: linear, axes: {}, halving: { epochs: [1, 2] } })
  const { code, told } = await sweep(path)
  expect(code).toBe(0)
  expect(told.notices.join(' ')).toMatch(/anew and not from their checkpoints .*schedule linear/)
  const [, longer] = told.runs
  expect(await store.runs.detail(longer!.run!)).toMatchObject({ status: 'done', resumed: [], epochs: 2 })
}, 60_000)

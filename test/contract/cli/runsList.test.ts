import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunGroup } from '../../../src/shared/runGroups'
import { evaluationSchema } from '../../../src/shared/runs'
import { cli } from '../../support/cli'
import { Folder, newRun, spec } from '../store/fixtures'

/** `runs list` of some runs of a store: the contract for scripts. */

let folder: Folder
beforeAll(async () => {
  folder = await Folder.make()
  const store = await folder.open()
  for (const [index, name] of ['rect-1', 'Rect-2', 'digits', 'waiting'].entries()) {
    const kind = index === 2 ? 'cae' : 'mcae'
    const { id } = await store.runs.create(newRun(name, { spec: spec({ model: { kind }, seed: index }) }))
    if (name === 'waiting') continue
    await store.remarks.tag([id], { add: index === 2 ? ['best'] : ['Best of all', 'paper'], remove: [] })
    const evaluation = (split: string, error: number) =>
      evaluationSchema.parse({ split, n: 100, loss: 1, error, errorInterval: [0, 1], nll: 0.5, confusion: [[1]] })
    const results = [evaluation('valid', [0.03, 0.01, 0.02][index]!), evaluation('test', [0.1, 0.3, 0.2][index]!)]
    const generation = (await store.leases.claim(id, 'me', process.pid))!
    const none = { labels: null, predicted: null, scores: null }
    await store.results.put(
      id,
      generation,
      results.map((one) => ({ evaluation: one, ...none })),
    )
  }
  await store.close()
})
afterAll(() => folder.remove())

const list = (...args: string[]) => cli('runs', 'list', ...args, '--data', folder.path)
interface Listed {
  runs: { name: string; valid: { error: number } | null }[]
  total: number
  notices?: string[]
}
async function listed(...args: string[]): Promise<Listed & { names: string[] }> {
  const { code, document, errors } = await list(...args)
  expect({ code, errors }).toEqual({ code: 0, errors: [] })
  const found = document as Listed
  return { ...found, names: found.runs.map(({ name }) => name) }
}

it('without options all runs are listed, newest first', async () => {
  const { names, total, runs, notices } = await listed()
  expect({ names, total, notices }).toEqual({
    names: ['waiting', 'digits', 'Rect-2', 'rect-1'],
    total: 4,
    notices: undefined,
  })
  expect(runs[1]).toMatchObject({ status: 'running', dataset: 'rect', kind: 'cae', seed: 2, valid: { error: 0.02 } })
})

it('a filter takes runs by settings, names and measures', async () => {
  const filter =
    'model.kind = mcae and (valid.error < 0.02 or tag in (paper, best)) and name ~ RECT and not note is not null'
  expect(await listed('--filter', filter)).toMatchObject({ names: ['Rect-2', 'rect-1'], total: 2 })
})

it('they are sorted and given by pages, those without the figure last', async () => {
  const page = await listed('--sort', '-valid.error', '--limit', '3', '--offset', '1')
  expect(page).toMatchObject({ names: ['digits', 'Rect-2', 'waiting'], total: 4 })
})

it('what was chosen by a test figure says so', async () => {
  const { notices, names } = await listed('--sort', 'test.error', '--filter', 'test.error < 0.25')
  expect(names).toEqual(['rect-1', 'digits'])
  expect(notices).toEqual(['Filtered by test error: not for choosing.', 'Sorted by test error: not for choosing.'])
  const args = ['bin/gae-workbench.js', 'runs', 'list', '--sort', '-test.error', '--limit', '1', '--data', folder.path]
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stdout).toMatch(/^Sorted by test error: not for choosing\.\nrun .*\n.* Rect-2 .*\n1 of 4 runs\.\n$/)
})

describe('groups', () => {
  interface Groups {
    groups: RunGroup[]
    total: number
    notices?: string[]
  }
  const grouped = async (...args: string[]) => (await list(...args)).document as Groups

  it('by a key hold means with their deviation and the t-interval', async () => {
    const { groups, total } = await grouped('--group', 'model.kind', '--sort', 'name')
    expect(total).toBe(2)
    expect(groups.map(({ key, n }) => [key, n])).toEqual([
      [{ 'model.kind': 'cae' }, 1],
      [{ 'model.kind': 'mcae' }, 3],
    ])
    const [one, three] = groups
    expect(one!.valid.error).toEqual({ n: 1, mean: 0.02, std: null, interval: null, min: 0.02, max: 0.02 })
    // Of 0.03 and 0.01; Student's quantile of one degree of freedom is 12.7062.
    const { interval, ...error } = three!.valid.error!
    expect(error).toEqual({ n: 2, mean: 0.02, std: expect.closeTo(Math.SQRT2 / 100, 12), min: 0.01, max: 0.03 })
    expect(interval).toEqual([expect.closeTo(0.02 - 0.127062, 5), expect.closeTo(0.02 + 0.127062, 5)])
    expect(three!.test.error).toMatchObject({ n: 2, mean: 0.2, min: 0.1, max: 0.3 })
    expect(three!.runs).toHaveLength(3)
  })

  it('by spec share all settings but the seeds; the keys tell what differs', async () => {
    const { groups, total } = await grouped('--group', 'spec', '--filter', 'not status = queued')
    expect(total).toBe(2)
    expect(groups.map(({ key, n, name }) => [key['model.kind'], n, name])).toEqual([
      ['cae', 1, 'digits'],
      ['mcae', 2, 'Rect-2'],
    ])
    expect(groups[0]!.key['spec']).toMatch(/^[0-9a-f]{12}$/)
    const page = await grouped('--group', 'spec', '--limit', '1', '--offset', '1', '--filter', 'not status = queued')
    expect(page).toEqual({ groups: [groups[1]], total: 2 })
  })

  it('say where a test figure ranks them, in JSON and in text', async () => {
    expect((await grouped('--group', 'spec', '--sort', 'test.error')).notices).toEqual([
      'Sorted by test error: not for choosing.',
    ])
    const args = ['bin/gae-workbench.js', 'runs', 'list', '--group', 'dataset,model.kind', '--sort', 'valid.error']
    const { stdout } = spawnSync(process.execPath, [...args, '--data', folder.path], { encoding: 'utf8' })
    expect(stdout).toContain('2.00 ± 1.41 [-10.71, 14.71] (n 2)')
    expect(stdout).toContain('The first is the best of 2 by validation.')
  })

  it.each([
    ['tag', 'seed', 'Runs cannot be grouped by tag'],
    ['spec,seed', 'seed', 'spec stands alone: it holds all settings'],
    ['seed,seed', 'seed', 'seed is named twice'],
    ['model.knd', 'seed', 'There is no key "model.knd"'],
    ['spec', 'model.factors', 'A group has no one value of model.factors'],
  ])('by %s, sorted by %s, are refused: %s', async (group, sort, message) => {
    const { code, document, errors } = await list('--group', group, '--sort', sort)
    expect({ code, document }).toEqual({ code: 2, document: undefined })
    expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: { code: 'FILTER', message } })
  })
})

it('a fault is told in words with its place, and nothing is listed', async () => {
  const { code, document, errors } = await list('--filter', 'seed >= 0 and model.knd = mcae')
  expect({ code, document }).toEqual({ code: 2, document: undefined })
  expect(JSON.parse(errors.at(-1)!)).toEqual({
    error: {
      code: 'FILTER',
      message: 'There is no key "model.knd"',
      where: '--filter, column 15',
      remedy: expect.stringMatching(/^Nearest: model\.kind, /),
    },
  })
})

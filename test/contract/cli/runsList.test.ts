import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
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

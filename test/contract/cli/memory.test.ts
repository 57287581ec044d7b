import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cli } from '../../support/cli'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-memory-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('a run that no memory holds is refused before it starts: exit 2, what it needs, what would fit, nothing stored', async () => {
  const run = (...args: string[]) => cli(...args, '--data', join(folder, 'data'))
  const spec = join(folder, 'spec.json')
  await writeFile(spec, JSON.stringify({ model: { kind: 'gae', factors: 65_536, mappings: 65_536 }, dataset: 'pairs' }))
  await run('datasets', 'generate', 'shifts', '--train', '20', '--valid', '5', '--test', '5', '--name', 'pairs')
  const refused = await run('train', spec)
  expect(refused.code).toBe(2)
  expect(JSON.parse(refused.errors.at(-1)!)).toMatchObject({
    error: {
      code: 'MEMORY',
      message: expect.stringMatching(/about [\d,]+ GB of memory .* are free/) as string,
      remedy: expect.stringContaining('would fit with model.factors') as string,
    },
  })
  // A preset's data is not made for nothing.
  const large = ['--set', 'model.factors=65536', '--set', 'model.mappings=65536']
  expect((await run('train', '--preset', 'quick', ...large)).code).toBe(2)
  expect((await run('runs', 'list')).document).toEqual({ runs: [], total: 0 })
  expect((await run('datasets', 'list')).document).toMatchObject({ datasets: [{ name: 'pairs' }] })
})

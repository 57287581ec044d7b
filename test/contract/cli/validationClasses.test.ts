import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cli } from '../../support/cli'
import { npy, npz } from '../../support/npy'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-classes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: string[]) => cli(...args, '--data', join(folder, 'data'))

it('a class without a validation image is told before anything is trained', async () => {
  const [x, y] = [
    Uint8Array.from({ length: 480 }, (_, at) => (at * 37) % 256),
    Uint8Array.from({ length: 30 }, (_, at) => at % 3),
  ]
  await writeFile(join(folder, 'x.npz'), npz({ x: npy('|u1', [30, 16], x), y: npy('|u1', [30], y) }))
  const imported = await run(
    'datasets',
    'import',
    join(folder, 'x.npz'),
    '--name',
    'few',
    '--valid',
    '2',
    '--test',
    '3',
  )
  expect(imported.document).toMatchObject({ understood: { notices: ['No validation image of class 2.'] } })
  const spec = { model: { kind: 'ae', hidden: 3 }, dataset: 'few', epochs: 1, batchSize: 8, classifier: {} }
  await writeFile(join(folder, 'spec.json'), JSON.stringify(spec))
  const refused = await run('train', join(folder, 'spec.json'))
  expect(refused.code).toBe(2)
  expect(JSON.parse(refused.errors.at(-1) ?? '{}')).toMatchObject({
    error: { code: 'CLASS_EMPTY', where: 'few', message: 'No validation image of class 2: its model stops by them' },
  })
  expect((await run('runs', 'list')).document).toEqual({ runs: [], total: 0 })
  const free = await run('train', join(folder, 'spec.json'), '--set', 'earlyStopping=null')
  expect([free.code, free.document]).toMatchObject([0, { status: 'done' }])
})

import knexPackage from 'knex'
import { mkdir } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataPaths } from '../../../src/main/store/dataFolder'
import { migrate } from '../../../src/main/store/migrate'
import { migrations } from '../../../src/main/store/migrations'
import type { Store } from '../../../src/main/store/store'
import { cli } from '../../support/cli'
import buildOnce from '../../support/built'
import { Folder, newRun, spec } from './fixtures'

const warning = { code: 'PIXEL_SCALE', message: 'Other pixels', where: 'set', remedy: null }

describe('tags and notes', () => {
  let folder: Folder
  let store: Store
  beforeEach(async () => {
    folder = await Folder.make()
    store = await folder.open()
  })
  afterEach(() => folder.remove())
  const tagsOf = async (id: string) => (await store.runs.summary(id)).tags

  it('are of runs, in the order of their letters, once each', async () => {
    const [a, b] = [await store.runs.create(newRun('a')), await store.runs.create(newRun('b'))]
    expect([a.tags, a.note]).toEqual([[], null])
    await store.remarks.tag([a.id, b.id], { add: ['paper', 'best'], remove: [] })
    await store.remarks.tag([b.id], { add: ['best'], remove: ['paper', 'never had'] })
    await store.remarks.note(a.id, 'It is\nthe best.')
    const runs = await store.runs.list({ inBin: false })
    expect(runs.map(({ name, tags, note }) => [name, tags, note])).toEqual([
      ['b', ['best'], null],
      ['a', ['best', 'paper'], 'It is\nthe best.'],
    ])
    await store.remarks.note(a.id, null)
    expect((await store.runs.detail(a.id)).note).toBeNull()
  })

  it('change for all of the runs or for none where one would have too many', async () => {
    const [a, b] = [await store.runs.create(newRun('a')), await store.runs.create(newRun('b'))]
    const many = Array.from({ length: 50 }, (_, at) => `t${10 + at}`)
    await store.remarks.tag([b.id], { add: many, remove: [] })
    await expect(store.remarks.tag([a.id, b.id], { add: ['one more'], remove: [] })).rejects.toMatchObject({
      code: 'TOO_MANY_TAGS',
      message: 'b would have 51 tags, 50 at most',
    })
    expect([await tagsOf(a.id), await tagsOf(b.id)]).toEqual([[], many])
    await store.remarks.tag([a.id, b.id], { add: ['one more'], remove: ['t10'] })
    expect(await tagsOf(b.id)).toEqual(['one more', ...many.slice(1)])
  })

  it('stay in the bin, and go with the run', async () => {
    const { id } = await store.runs.create(newRun('a'))
    await store.remarks.tag([id], { add: ['paper'], remove: [] })
    await store.runs.moveToBin(id)
    expect(await tagsOf(id)).toEqual(['paper'])
    await store.runs.purge(id)
    const database = raw(folder.path)
    expect(await database('run_tags')).toEqual([])
    await database.destroy()
  })
})

const raw = (path: string) =>
  knexPackage({
    client: 'sqlite3',
    connection: { filename: dataPaths(path).database },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
    log: { warn: () => undefined, error: () => undefined },
  })

it('a store of before tags opens: its runs have none, and keep their warnings', async () => {
  const folder = await Folder.make()
  const paths = dataPaths(folder.path)
  await mkdir(paths.backups, { recursive: true })
  const database = raw(folder.path)
  await migrate(database, paths, migrations.slice(0, 4))
  await database('runs').insert({
    ...{ id: 'r1', name: 'old', status: 'done', spec: JSON.stringify(spec()), kind: 'mcae', classifier: true },
    ...{ dataset: 'rect', dataset_hash: '', seed: 1, slot: 0, requested_device: 'auto' },
    ...{ created: '2026-01-01T00:00:00.000Z', versions: '{}', resumed: '[]', notes: JSON.stringify([warning]) },
  })
  await database.destroy()
  const store = await folder.open()
  const [run] = await store.runs.list({ inBin: false })
  expect(run).toMatchObject({ name: 'old', tags: [], note: null, warnings: [warning] })
  expect(run).not.toHaveProperty('notes')
  await folder.remove()
})

describe('on the command line', () => {
  let folder: Folder
  let ids: string[]
  const run = (...args: string[]) => cli('runs', ...args, '--data', folder.path)
  const errorOf = ({ errors }: { errors: string[] }) => (JSON.parse(errors.at(-1) ?? '{}') as { error: unknown }).error

  beforeEach(async () => {
    buildOnce()
    folder = await Folder.make()
    const store = await folder.open()
    ids = []
    for (const name of ['first', 'second']) {
      ids.push((await store.runs.create(newRun(name, { status: 'done' }))).id)
    }
    await store.close()
  })
  afterEach(() => folder.remove())

  it('runs are tagged, noted and renamed, and the list tells it', async () => {
    const tagged = await run('tag', 'first', ids[1]!, 'first', '--add', 'paper', '--add', 'best of all')
    expect(tagged.errors).toEqual([])
    expect(tagged.document).toEqual({
      runs: [
        { run: ids[0], name: 'first', tags: ['best of all', 'paper'], note: null },
        { run: ids[1], name: 'second', tags: ['best of all', 'paper'], note: null },
      ],
    })
    const { document } = await run('tag', 'second', '--remove', 'paper', '--add', 'new')
    expect(document).toMatchObject({ runs: [{ tags: ['best of all', 'new'] }] })

    const noted = await run('note', 'first', 'Two lines:\nthis one.')
    expect(noted.document).toMatchObject({ runs: [{ run: ids[0], note: 'Two lines:\nthis one.' }] })
    const renamed = await run('rename', 'second', 'third')
    expect(renamed.document).toEqual({
      runs: [{ run: ids[1], name: 'third', tags: ['best of all', 'new'], note: null }],
    })

    expect((await run('list')).document).toMatchObject({
      runs: [
        { name: 'third', tags: ['best of all', 'new'], note: null },
        { name: 'first', tags: ['best of all', 'paper'], note: 'Two lines:\nthis one.' },
      ],
    })
    expect((await run('show', 'first')).document).toMatchObject({ tags: ['best of all', 'paper'] })
    expect((await run('note', 'first', '')).document).toMatchObject({ runs: [{ note: null }] })
  })

  it('what cannot be is refused in words, and changes nothing', async () => {
    const refused: [string[], string, string][] = [
      [['tag', 'first', '--add', 'a,b'], 'BAD_INPUT', 'no commas or control characters'],
      [['tag', 'first', 'nowhere', '--add', 'x'], 'RUN_NOT_FOUND', 'There is no run nowhere'],
      [['tag'], 'USAGE', "missing required argument 'run'"],
      [['note', 'first', 'x'.repeat(10_001)], 'BAD_INPUT', 'at most 10,000 characters'],
      [['rename', 'first', 'a/b'], 'BAD_INPUT', 'no slashes or control characters'],
    ]
    for (const [args, code, message] of refused) {
      const answer = await run(...args)
      expect(answer.code).toBe(2)
      expect(errorOf(answer)).toMatchObject({ code, message })
    }
    const { document } = await run('list')
    expect(document).toMatchObject({
      runs: [
        { name: 'second', tags: [], note: null },
        { name: 'first', tags: [], note: null },
      ],
    })
  })
})

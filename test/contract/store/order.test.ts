import { cpSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { query } from '../../../scripts/integrity.mjs'
import { Folder, newRun } from './fixtures'

let folder: Folder
beforeEach(async () => (folder = await Folder.make()))
afterEach(() => folder.remove())

/** How SQLite goes about it. */
const plan = async (sql: string): Promise<string> => {
  const { paths } = await folder.open()
  const steps = (await query(paths.database, `EXPLAIN QUERY PLAN ${sql}`)) as { detail: string }[]
  return steps.map(({ detail }) => detail).join('; ')
}

it.each([
  ['kept', 'SELECT * FROM runs WHERE deleted IS NULL ORDER BY created DESC, rowid DESC LIMIT 50'],
  ['bin', 'SELECT * FROM runs WHERE deleted IS NOT NULL ORDER BY created DESC, rowid DESC'],
  [
    'failed',
    'SELECT *, COALESCE(finished, created) AS at FROM runs WHERE error IS NOT NULL AND deleted IS NULL ORDER BY at DESC',
  ],
])('a store of version 0.1.0 finds its runs in order without sorting: %s', async (name, sql) => {
  cpSync('test/fixtures/store-0.1.0/store', folder.path, { recursive: true })
  const steps = await plan(sql)
  expect(steps).toContain(`USING INDEX runs_${name}`)
  expect(steps).not.toContain('TEMP B-TREE')
})

it('errors of runs are read newest first; those of runs in the bin are not', async () => {
  const store = await folder.open()
  const error = (code: string) => ({ code, message: '', where: null, remedy: null })
  const fail = async (name: string, deleted = false) => {
    const { id } = await store.runs.create(newRun(name))
    const generation = (await store.leases.claim(id))!
    await store.leases.release(id, generation, { status: 'failed', exitReason: '', error: error(name) })
    if (deleted) await store.runs.moveToBin(id)
    return id
  }
  await store.runs.create(newRun('waits'))
  const [first, second] = [await fail('first'), await fail('second')]
  await fail('binned', true)
  const failed = await store.runs.failed(10)
  expect(failed.map(({ run, error: { code } }) => [run, code]).sort()).toEqual(
    [
      [first, 'first'],
      [second, 'second'],
    ].sort(),
  )
  expect(failed.map(({ at }) => at)).toEqual(
    failed
      .map(({ at }) => at)
      .sort()
      .reverse(),
  )
  expect(await store.runs.failed(1)).toHaveLength(1)
})

it('names that begin alike are found, in the bin too', async () => {
  const store = await folder.open()
  for (const name of ['quick-1', 'quick-12', 'quick', 'quicker-1', 'Quick-3']) await store.runs.create(newRun(name))
  const { id } = await store.runs.create(newRun('quick-2'))
  await store.runs.moveToBin(id)
  expect((await store.runs.namesAfter('quick')).sort()).toEqual(['quick-1', 'quick-12', 'quick-2'])
})

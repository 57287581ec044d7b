import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppInfo } from '../../../src/main/api/app'
import { findPreset } from '../../../src/shared/presets'
import type { RunSummary } from '../../../src/shared/runs'
import { openStore } from '../../../src/main/store/store'
import { cli } from '../../support/cli'
import { damageTable } from '../../support/damage'
import { ServedProcess } from '../../support/servedProcess'
import { newRun } from '../store/fixtures'

const quick = findPreset('quick')

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'gae-damage-'))
  const store = await openStore(data)
  await store.runs.create(newRun('kept'))
  await store.backUp()
  await store.close()
  // No command below reads it.
  await damageTable(store.paths.database, 'pair_scores')
})
afterEach(() => rm(data, { recursive: true, force: true }))

describe('a database with damage that no page of its start shows', () => {
  it.each([
    ['is listed', ['runs', 'list']],
    ['is changed', ['runs', 'delete', 'kept']],
  ])('is told by a command before it %s; restore-backup mends it', async (_, args) => {
    const { code, document, errors } = await cli(...args, '--data', data)
    expect([code, document]).toEqual([1, undefined])
    expect(JSON.parse(errors.at(-1)!)).toMatchObject({ error: { code: 'DATABASE_DAMAGED' } })
    expect((await cli('restore-backup', '--data', data)).code).toBe(0)
    expect((await cli(...args, '--data', data)).code).toBe(0)
  })

  it('is told to the windows of a workbench that has opened it, which then offers the backup', async () => {
    const served = await ServedProcess.start(data)
    try {
      const page = await served.page()
      const info = async () => (await page.call('query', 'app.info')).result?.data as AppInfo
      await vi.waitFor(async () => expect((await info()).damage).not.toBeNull(), 20_000)
      expect((await info()).damage).toMatchObject({
        error: { code: 'DATABASE_DAMAGED' },
        backup: expect.stringContaining('-daily.sqlite') as string,
      })
      const refused = await page.call('mutation', 'runs.moveToBin', { run: 'kept' })
      expect(refused.error?.data.workbench.code).toBe('DATABASE_DAMAGED')
      expect((await page.call('mutation', 'app.restoreBackup')).result).toBeDefined()
      expect((await info()).damage).toBeNull()
      expect((await page.call('query', 'runs.list', { inBin: false })).result?.data).toMatchObject([{ name: 'kept' }])
      expect((await served.log()).some((line) => JSON.stringify(line).includes('The database is damaged'))).toBe(true)
    } finally {
      await served.workbench.stop()
    }
  })

  it('that an act meets first is told too: the run under way ends, and the window has the backup', async () => {
    expect((await cli('restore-backup', '--data', data)).code).toBe(0)
    const served = await ServedProcess.start(data)
    try {
      const page = await served.page()
      const spec = { ...quick.spec, epochs: 20_000 }
      const made = await page.call('mutation', 'runs.create', { preset: 'quick', spec })
      const run = (made.result?.data as RunSummary).id
      const get = async () => (await page.call('query', 'runs.get', { run })).result?.data as RunSummary
      await vi.waitFor(async () => expect((await get()).epochs).toBeGreaterThan(0), 60_000)
      // Whichever of them SQLite begins with.
      for (const name of ['images', 'sqlite_autoindex_images_1', 'pair_scores', 'pair_scores_batch_run_index']) {
        await damageTable(join(data, 'workbench.sqlite'), name)
      }
      const met = await page.call('query', 'pairs.recent')
      expect(met.error?.data.workbench.code).toBe('DATABASE_DAMAGED')
      const info = async () => (await page.call('query', 'app.info')).result?.data as AppInfo
      await vi.waitFor(async () => expect((await info()).damage).not.toBeNull(), 20_000)
      expect((await page.call('mutation', 'app.restoreBackup')).result).toBeDefined()
      expect((await page.call('query', 'runs.list')).result?.data).toMatchObject([{ name: 'kept' }])
    } finally {
      await served.workbench.stop()
    }
  }, 120_000)
})

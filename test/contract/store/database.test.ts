import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import knexPackage from 'knex'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataPaths } from '../../../src/main/store/dataFolder'
import { migrate } from '../../../src/main/store/migrate'
import { migrations } from '../../../src/main/store/migrations'
import { Folder, newDataset, newRun } from './fixtures'

const execute = promisify(execFile)
const writer = fileURLToPath(new URL('writer.mjs', import.meta.url))

const later = {
  name: '0002_later',
  up: async (database: knexPackage.Knex) =>
    void (await database.schema.createTable('later', (table) => table.text('id'))),
}

describe('database', () => {
  let folder: Folder
  beforeEach(async () => (folder = await Folder.make()))
  afterEach(() => folder.remove())

  const raw = () =>
    knexPackage({
      client: 'sqlite3',
      connection: { filename: dataPaths(folder.path).database },
      useNullAsDefault: true,
      log: { warn: () => undefined, error: () => undefined },
    })

  it('is made once when several processes open a new folder, and lets all of them write', async () => {
    const writers = Array.from({ length: 4 }, () => execute(process.execPath, [writer, folder.path]))
    await Promise.all(writers)
    const store = await folder.open()
    const runs = await store.runs.list({ inBin: false })
    expect(runs.map(({ name }) => name)).toEqual(Array.from({ length: 4 }, () => 'writer'))
    for (const { id } of runs) expect(await store.metrics.list(id)).toHaveLength(50)
  })

  it('uses WAL', async () => {
    await folder.open()
    const database = raw()
    expect(await database.raw('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
    await database.destroy()
  })

  it('answers what is read while another program keeps it locked; what is written waits', async () => {
    const store = await folder.open()
    const { id } = await store.runs.create(newRun('before'))
    const other = raw()
    await other.raw('BEGIN IMMEDIATE')
    let written = false
    const waiting = store.runs.rename(id, 'after').then(() => (written = true))
    expect((await store.runs.list({ inBin: false })).map(({ name }) => name)).toEqual(['before'])
    expect(written).toBe(false)
    await other.raw('COMMIT')
    await other.destroy()
    await waiting
    expect((await store.runs.summary(id)).name).toBe('after')
  })

  it('says so when it is damaged', async () => {
    await (await folder.open()).close()
    await rm(dataPaths(folder.path).database)
    await writeFile(dataPaths(folder.path).database, 'this is no database, whatever its name says'.repeat(100))
    await expect(folder.open()).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      where: dataPaths(folder.path).database,
      remedy: expect.stringContaining('There is no backup'),
    })
  })

  it('is copied before a migration, and the copy is named when it is damaged later', async () => {
    const store = await folder.open()
    await store.datasets.add(newDataset('kept'))
    const database = raw()
    await migrate(database, store.paths, [...migrations, later])
    expect(await database.schema.hasTable('later')).toBe(true)
    await migrate(database, store.paths, [...migrations, later])
    await database.destroy()
    const [backup, ...others] = await readdir(store.paths.backups)
    expect(others).toEqual([])
    const copy = knexPackage({
      client: 'sqlite3',
      connection: { filename: join(store.paths.backups, backup!) },
      useNullAsDefault: true,
    })
    expect(await copy('datasets').select('name')).toEqual([{ name: 'kept' }])
    expect(await copy.schema.hasTable('later')).toBe(false)
    await copy.destroy()
    await store.close()
    for (const suffix of ['-wal', '-shm']) await rm(`${store.paths.database}${suffix}`, { force: true })
    await writeFile(store.paths.database, Buffer.alloc(8192, 1))
    await expect(folder.open()).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      remedy: expect.stringContaining(backup!),
    })
  })

  it('keeps the old state when a migration fails', async () => {
    const store = await folder.open()
    const database = raw()
    const broken = {
      name: '0002_broken',
      up: async (transaction: knexPackage.Knex) => {
        await transaction.schema.createTable('half', (table) => table.text('id'))
        throw new Error('no further')
      },
    }
    await expect(migrate(database, store.paths, [...migrations, broken])).rejects.toThrow('no further')
    expect(await database.schema.hasTable('half')).toBe(false)
    await migrate(database, store.paths, [...migrations, later])
    expect(await database.schema.hasTable('later')).toBe(true)
    await database.destroy()
  })

  it('is refused by an older version', async () => {
    const { paths } = await folder.open()
    const database = raw()
    await migrate(database, paths, [...migrations, later])
    await database.destroy()
    await expect(folder.open()).rejects.toMatchObject({ code: 'DATABASE_NEWER' })
  })

  it('opens a folder without what a killed process left half-written days ago', async () => {
    const { paths } = await folder.open()
    await mkdir(paths.checkpoints, { recursive: true })
    const [old, fresh, whole] = ['.old.partial', '.fresh.partial', 'old.safetensors'].map((name) =>
      join(paths.checkpoints, name),
    )
    for (const path of [old!, fresh!, whole!]) await writeFile(path, 'x')
    const lastWeek = new Date(Date.now() - 7 * 24 * 3600 * 1000)
    for (const path of [old!, whole!]) await utimes(path, lastWeek, lastWeek)
    await folder.open()
    expect(await readdir(paths.checkpoints)).toEqual(['.fresh.partial', 'old.safetensors'])
  })
})

import { readdir, readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../../src/main/store/connection'
import { openDatabase } from '../../../src/main/store/database'
import { dataPaths } from '../../../src/main/store/dataFolder'
import { migrate } from '../../../src/main/store/migrate'
import { migrations } from '../../../src/main/store/migrations'
import { Upkeep } from '../../../src/main/store/upkeep'
import { asWorkbenchError } from '../../../src/shared/errors'
import { damageTable } from '../../support/damage'
import { Folder, newRun } from './fixtures'

const metric = { phase: 'pretrain' as const, class: 0, trainLoss: 1, validLoss: 1, validError: null, seconds: 1 }

describe('a database is looked after beside the work', () => {
  let folder: Folder
  let run: string
  beforeEach(async () => {
    folder = await Folder.make()
    const store = await folder.open()
    run = (await store.runs.create(newRun('kept'))).id
    const generation = (await store.leases.claim(run))!
    await store.metrics.add(
      run,
      generation,
      Array.from({ length: 500 }, (_, epoch) => ({ ...metric, epoch })),
    )
  })
  afterEach(() => folder.remove())

  const damaged = async (backup = true) => {
    const store = await folder.open()
    if (backup) await store.backUp()
    await folder.closeAll()
    await damageTable(dataPaths(folder.path).database, 'metrics')
    return folder.open()
  }

  it('is copied after it was found sound, once a day; what is written meanwhile is kept', async () => {
    const store = await folder.open()
    const work = store.upkeep.begin()
    await store.runs.rename(run, 'meanwhile')
    expect(await work).toBeNull()
    await store.close()
    const again = await folder.open()
    expect(await again.upkeep.begin()).toBeNull()
    expect(await readdir(again.paths.backups)).toEqual([expect.stringMatching(/^[\dTZ-]+-daily\.sqlite$/)])
    expect((await again.runs.summary(run)).name).toBe('meanwhile')
  })

  it('opens with damage that no page of its start shows; the look tells it, and nothing is written to it any more', async () => {
    const store = await damaged()
    expect((await store.runs.list({ inBin: false })).map(({ name }) => name)).toEqual(['kept'])
    const told = { code: 'DATABASE_DAMAGED', where: store.paths.database, exit: 1 }
    expect(await store.upkeep.begin()).toMatchObject({
      ...told,
      remedy: expect.stringContaining('-daily.sqlite') as string,
    })
    expect(await store.upkeep.damage).toMatchObject(told)
    const before = await readFile(store.paths.database)
    await expect(store.runs.rename(run, 'lost')).rejects.toMatchObject(told)
    await expect(store.leases.heartbeat(run, 1)).rejects.toMatchObject(told)
    await expect(store.results.put(run, 1, [])).rejects.toMatchObject(told)
    await expect(store.runs.list({ inBin: false })).rejects.toMatchObject(told)
    await store.close()
    expect((await readFile(store.paths.database)).equals(before)).toBe(true)
    expect(await readdir(store.paths.backups)).toHaveLength(1)
  })

  it('is closed by the statement that meets the damage first', async () => {
    const store = await damaged(false)
    const refusal: unknown = await store.metrics.list(run).catch((error: unknown) => error)
    expect(asWorkbenchError(refusal)).toMatchObject({ code: 'DATABASE_DAMAGED', exit: 1 })
    expect(await store.upkeep.damage).toMatchObject({ remedy: expect.stringContaining('There is no backup') as string })
    await expect(store.runs.rename(run, 'lost')).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' })
  })

  it('has its copy of the day after the shortest of openings', async () => {
    const store = await folder.open()
    void store.upkeep.begin()
    await store.close()
    expect(await readdir(store.paths.backups)).toEqual([expect.stringMatching(/-daily\.sqlite$/)])
  })

  it('where it would take long, ends with the store, and leaves no half of a copy', async () => {
    const { paths } = await folder.open()
    const database = await openDatabase(paths)
    const upkeep = new Upkeep(database, paths, 0)
    const work = upkeep.begin()
    await upkeep.stop()
    expect(await work).toBeNull()
    expect(await readdir(paths.backups).catch(() => [])).toEqual([])
    await database.destroy()
  })

  it('is read whole before a migration: a damaged file is not rewritten', async () => {
    const { paths } = await damaged()
    await folder.closeAll()
    const database = connect(paths.database)
    const before = await readFile(paths.database)
    const later = { name: '9999_later', up: async () => undefined }
    await expect(migrate(database, paths, [...migrations, later])).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' })
    await database.destroy()
    expect((await readFile(paths.database)).equals(before)).toBe(true)
  })
})

import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backUpDaily } from '../../../src/main/store/backup'
import { openDatabase } from '../../../src/main/store/database'
import { dataPaths, type DataPaths } from '../../../src/main/store/dataFolder'
import { restoreBackup } from '../../../src/main/store/restore'
import { Folder, newDataset, newRun } from './fixtures'

describe('backups', () => {
  let folder: Folder
  let paths: DataPaths
  beforeEach(async () => {
    folder = await Folder.make()
    paths = dataPaths(folder.path)
  })
  afterEach(() => folder.remove())

  const damage = async () => {
    for (const suffix of ['-wal', '-shm']) await rm(`${paths.database}${suffix}`, { force: true })
    await writeFile(paths.database, Buffer.alloc(8192, 1))
  }

  it('are made once a day, the last five kept, and none of nothing', async () => {
    const store = await folder.open()
    const database = await openDatabase(paths)
    const day = (date: number) => new Date(Date.UTC(2026, 0, date, 12))
    expect(await backUpDaily(database, paths, day(1))).toBeNull()
    await store.datasets.add(newDataset('kept'))
    for (let date = 1; date <= 7; date++) {
      expect(await backUpDaily(database, paths, day(date))).toContain(`2026-01-0${date}`)
      expect(await backUpDaily(database, paths, day(date))).toBeNull()
    }
    await database.destroy()
    const names = (await readdir(paths.backups)).sort()
    expect(names.map((name) => name.slice(0, 10))).toEqual([3, 4, 5, 6, 7].map((date) => `2026-01-0${date}`))
  })

  it('take the place of a damaged database, the newest that is sound; the damaged one is kept', async () => {
    const store = await folder.open()
    await store.runs.create(newRun('kept'))
    const sound = await store.backUp()
    await store.close()
    await damage()
    await writeFile(join(paths.backups, '9999-01-01T00-00-00-000Z-daily.sqlite'), Buffer.alloc(8192, 2))
    await expect(folder.open()).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      remedy: expect.stringContaining('restore-backup') as string,
    })
    const restored = await restoreBackup(paths)
    expect(restored.backup).toBe(sound)
    expect(await readdir(folder.path)).toContain(restored.damaged!.slice(folder.path.length + 1))
    const again = await folder.open()
    expect((await again.runs.list({ inBin: false })).map(({ name }) => name)).toEqual(['kept'])
  })

  it('forget checkpoints whose file was replaced since, so that the run begins from what is left', async () => {
    const store = await folder.open()
    const { id } = await store.runs.create(newRun('went on'))
    const generation = (await store.leases.claim(id, 'a', process.pid))!
    for (const [final, digit] of [
      [false, '1'],
      [true, '2'],
    ] as const) {
      const checkpoint = { sha256: digit.repeat(64), path: '', bytes: 1, phase: 'pretrain' as const, epoch: 1, final }
      await store.checkpoints.adopt(id, generation, { ...checkpoint, class: Number(digit) })
    }
    await store.backUp()
    await store.close()
    await damage()
    await restoreBackup(paths)
    expect((await (await folder.open()).checkpoints.list(id)).map(({ class: one }) => one)).toEqual([2])
  })

  it('do not replace a sound database', async () => {
    const store = await folder.open()
    await store.runs.create(newRun('kept'))
    await store.backUp()
    await expect(restoreBackup(paths)).rejects.toMatchObject({ code: 'DATABASE_SOUND' })
  })

  it('are missed in words', async () => {
    await (await folder.open()).close()
    await damage()
    await expect(restoreBackup(paths)).rejects.toMatchObject({ code: 'NO_BACKUP' })
  })
})

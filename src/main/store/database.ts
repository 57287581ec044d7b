import { statfs } from 'node:fs/promises'
import type { Knex } from 'knex'
import { isDiskFull, systemError, WorkbenchError } from '../../shared/errors'
import { connect, readApart } from './connection'
import type { DataPaths } from './dataFolder'
import { migrate } from './migrate'
import { prepareFolder } from './prepareFolder'
import { damaged, isDamaged } from './soundness'

/**
 * Opens the database of a data folder, makes it where there is none, brings it up to date. Its first page and its tables'
 * names are read here; the rest is read beside the work (`Upkeep`), or before a migration.
 * @throws DATABASE_DAMAGED naming the newest backup, DATABASE_NEWER, DATABASE_UNWRITABLE, DISK_FULL
 */
export async function openDatabase(paths: DataPaths): Promise<Knex> {
  await prepareFolder(paths)
  const database = connect(paths.database)
  try {
    await migrate(database, paths)
    readApart(database, connect(paths.database, 0))
    return database
  } catch (error) {
    await database.destroy()
    if (error instanceof WorkbenchError) throw error
    if (isDamaged(error)) throw await damaged(paths, error)
    const full = isDiskFull(error) || (await hasNoRoom(paths.folder))
    throw systemError(full ? { code: 'ENOSPC' } : error, paths.folder) ?? unwritable(paths, error)
  }
}

/** As much as SQLite asks for before it reads: what it then says is an I/O error, not that the disk is full. */
const openingBytes = 64 * 1024

async function hasNoRoom(folder: string): Promise<boolean> {
  const facts = await statfs(folder).catch(() => null)
  return facts !== null && facts.bavail * facts.bsize < openingBytes
}

const unwritable = (paths: DataPaths, cause: unknown): WorkbenchError =>
  new WorkbenchError(
    'DATABASE_UNWRITABLE',
    `The database cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      where: paths.database,
      remedy: 'Choose a folder on a local disk that you may write to (--data).',
      exit: 1,
      cause,
    },
  )

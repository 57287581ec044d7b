import { statfs } from 'node:fs/promises'
import knexPackage, { type Knex } from 'knex'
import { isDiskFull, systemError, WorkbenchError } from '../../shared/errors'
import type { DataPaths } from './dataFolder'
import { latestBackup } from './backup'
import { migrate } from './migrate'
import { prepareFolder } from './prepareFolder'

/** How long a statement waits while another process writes. */
const busyMilliseconds = 15_000

interface Connection {
  exec(sql: string, done: (error: Error | null) => void): void
}

/**
 * synchronous stays FULL: an adopted checkpoint's forerunner is deleted, so the row must survive a power failure.
 */
const pragmas = `
  PRAGMA busy_timeout = ${busyMilliseconds};
  PRAGMA journal_mode = WAL;
  PRAGMA foreign_keys = ON;
`

/** knex prints errors, to stdout, that it throws as well. */
const silent = { debug: () => undefined, warn: () => undefined, error: () => undefined, deprecate: () => undefined }

const isBusy = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'SQLITE_BUSY'
const isDamaged = (error: unknown): boolean =>
  ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes((error as { code?: string } | null)?.code ?? '')

function connect(filename: string): Knex {
  return knexPackage({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    log: silent,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: Connection, done: (error: Error | null, connection: Connection) => void) => {
        // The change to WAL does not wait for other processes (SQLite calls no busy handler there).
        const attempt = (left: number): void =>
          connection.exec(pragmas, (error) => {
            if (left > 0 && isBusy(error)) setTimeout(() => attempt(left - 1), 50)
            else done(error, connection)
          })
        attempt(busyMilliseconds / 50)
      },
    },
  })
}

/**
 * Opens the database of a data folder, makes it where there is none, checks it, brings it up to date.
 * @throws DATABASE_DAMAGED naming the newest backup, DATABASE_NEWER, DATABASE_UNWRITABLE, DISK_FULL
 */
export async function openDatabase(paths: DataPaths): Promise<Knex> {
  await prepareFolder(paths)
  const database = connect(paths.database)
  try {
    await check(database)
    await migrate(database, paths)
    return database
  } catch (error) {
    await database.destroy()
    if (error instanceof WorkbenchError) throw error
    if (isDamaged(error)) throw await damaged(paths, error)
    const full = isDiskFull(error) || (await hasNoRoom(paths.folder))
    throw systemError(full ? { code: 'ENOSPC' } : error, paths.folder) ?? unwritable(paths, error)
  }
}

/** Whether a file is a database without damage. It is read with no pragma: a backup stays as it is. */
export async function isSound(filename: string): Promise<boolean> {
  const database = knexPackage({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true, log: silent })
  try {
    await check(database)
    return true
  } catch (error) {
    if (isDamaged(error)) return false
    throw error
  } finally {
    await database.destroy()
  }
}

async function check(database: Knex): Promise<void> {
  const rows = (await database.raw('PRAGMA quick_check(1)')) as { quick_check: string }[]
  if (rows[0]?.quick_check !== 'ok') {
    throw Object.assign(new Error(rows[0]?.quick_check ?? 'no answer'), { code: 'SQLITE_CORRUPT' })
  }
}

/** As much as SQLite asks for before it reads: what it then says is an I/O error, not that the disk is full. */
const openingBytes = 64 * 1024

async function hasNoRoom(folder: string): Promise<boolean> {
  const facts = await statfs(folder).catch(() => null)
  return facts !== null && facts.bavail * facts.bsize < openingBytes
}

async function damaged(paths: DataPaths, cause: unknown): Promise<WorkbenchError> {
  const backup = await latestBackup(paths)
  return new WorkbenchError('DATABASE_DAMAGED', 'The database is damaged', {
    where: paths.database,
    remedy:
      backup === null
        ? 'There is no backup: move the file away to begin anew; checkpoints and datasets stay.'
        : `Put the backup ${backup} in its place: Home, Restore backup; or gae-workbench restore-backup.`,
    exit: 1,
    cause,
  })
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

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

/** What a builder asks of the database without changing it. */
const readings = ['select', 'first', 'pluck']

/**
 * Lets readings go over a connection of their own: in WAL they wait for nobody, and a write that waits for another
 * program's lock shall not hold them up. A transaction reads over its own connection.
 */
function readApart(database: Knex, reader: Knex): void {
  const client = database.client as { runner(builder: { _method?: string }): unknown; destroy(): Promise<void> }
  const runner = client.runner.bind(client)
  const { runner: readerRunner } = reader.client as typeof client
  client.runner = (builder) =>
    readings.includes(builder._method ?? '') ? readerRunner.call(reader.client, builder) : runner(builder)
  const destroy = client.destroy.bind(client)
  client.destroy = async () => {
    await reader.destroy()
    await destroy()
  }
}

/** @param least connections that are opened at once */
function connect(filename: string, least = 1): Knex {
  return knexPackage({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    log: silent,
    pool: {
      min: least,
      max: 1,
      afterCreate: (connection: Connection, done: (error: Error | null, connection: Connection) => void) => {
        // The change to WAL does not wait for other processes (SQLite calls no busy handler there).
        const deadline = performance.now() + busyMilliseconds
        const attempt = (): void =>
          connection.exec(pragmas, (error) => {
            if (isBusy(error) && performance.now() < deadline) setTimeout(attempt, 50)
            else done(error, connection)
          })
        attempt()
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

import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import type { DataPaths } from './dataFolder'
import { partialPath } from './partialFile'

/** Copies of so many days are kept; those made before a migration stay. */
const keptDays = 5

const dailyEnding = '-daily.sqlite'

/** Names of all backups, newest first: they begin with their time. */
async function names(paths: DataPaths): Promise<string[]> {
  const all = await readdir(paths.backups).catch(() => [])
  return all
    .filter((name) => name.endsWith('.sqlite'))
    .sort()
    .reverse()
}

/** Paths of all backups, newest first. */
export const backups = async (paths: DataPaths): Promise<string[]> =>
  (await names(paths)).map((name) => join(paths.backups, name))

/** The newest backup's path, or null. */
export const latestBackup = async (paths: DataPaths): Promise<string | null> => (await backups(paths))[0] ?? null

/**
 * Copies the database as it stands, also while others write; whoever is killed meanwhile leaves no backup that is half of one.
 * @returns the copy's path
 */
export async function writeBackup(
  database: Knex,
  paths: DataPaths,
  why: string,
  time: Date = new Date(),
): Promise<string> {
  await mkdir(paths.backups, { recursive: true, mode: 0o700 })
  const path = join(paths.backups, `${time.toISOString().replace(/[:.]/g, '-')}-${why}.sqlite`)
  const partial = partialPath(paths.backups)
  try {
    await database.raw('VACUUM INTO ?', [partial])
    // SQLite makes a new file as the umask has it.
    await chmod(partial, 0o600)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  return path
}

/** A copy a day, the last five kept; none while there is nothing to lose. @returns the copy's path, or null */
export async function backUpDaily(database: Knex, paths: DataPaths, time: Date = new Date()): Promise<string | null> {
  const daily = (await names(paths)).filter((name) => name.endsWith(dailyEnding))
  const today = time.toISOString().slice(0, 10)
  if (daily[0]?.startsWith(today)) return null
  const [run, dataset] = await Promise.all([database('runs').first('id'), database('datasets').first('id')])
  if (run === undefined && dataset === undefined) return null
  const path = await writeBackup(database, paths, 'daily', time)
  await Promise.all(daily.slice(keptDays - 1).map((name) => rm(join(paths.backups, name), { force: true })))
  return path
}

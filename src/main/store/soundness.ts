import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'
import { latestBackup } from './backup'
import { connectPlainly } from './connection'
import type { DataPaths } from './dataFolder'

/** What SQLite says of a file that is damaged, or no database. */
export const isDamaged = (error: unknown): boolean =>
  ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes((error as { code?: string } | null)?.code ?? '')

/** Reads a database whole. @throws SQLITE_CORRUPT, SQLITE_NOTADB where it is damaged */
export async function checkWhole(database: Knex): Promise<void> {
  const rows = (await database.raw('PRAGMA quick_check(1)')) as { quick_check: string }[]
  if (rows[0]?.quick_check !== 'ok') {
    throw Object.assign(new Error(rows[0]?.quick_check ?? 'no answer'), { code: 'SQLITE_CORRUPT' })
  }
}

/** Whether a file is a database without damage. It is read with no pragma: a backup stays as it is. */
export async function isSound(filename: string): Promise<boolean> {
  const database = connectPlainly(filename)
  try {
    await checkWhole(database)
    return true
  } catch (error) {
    if (isDamaged(error)) return false
    throw error
  } finally {
    await database.destroy()
  }
}

/** DATABASE_DAMAGED, naming the newest backup. */
export async function damaged(paths: DataPaths, cause: unknown): Promise<WorkbenchError> {
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

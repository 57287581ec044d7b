import { copyFile, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemError, WorkbenchError } from '../../shared/errors'
import { backups } from './backup'
import { Checkpoints } from './checkpoints'
import type { DataPaths } from './dataFolder'
import { openDatabase } from './database'
import { isSound } from './soundness'

export interface Restored {
  /** The copy that was put in place. */
  backup: string
  /** Where the damaged database lies now; null where there was none. */
  damaged: string | null
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Puts the newest sound backup in the place of a damaged database, which is kept beside it.
 * @throws DATABASE_SOUND where nothing is damaged, NO_BACKUP
 */
export async function restoreBackup(paths: DataPaths): Promise<Restored> {
  const there = await exists(paths.database)
  if (there && (await isSound(paths.database))) {
    throw new WorkbenchError('DATABASE_SOUND', 'The database is not damaged', {
      where: paths.database,
      remedy: 'Nothing needs to be restored.',
    })
  }
  const backup = await newestSound(paths)
  const copy = `${paths.database}.restored`
  try {
    await copyFile(backup, copy)
    await sync(copy)
  } catch (error) {
    await rm(copy, { force: true })
    throw systemError(error, paths.database, 'Free some space, and see that the folder can be written to.') ?? error
  }
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const damaged = join(paths.folder, `damaged-${stamp}.sqlite`)
  // The log goes first: it must never meet the restored file.
  for (const suffix of ['-wal', '-shm', '']) {
    if (await exists(`${paths.database}${suffix}`)) await rename(`${paths.database}${suffix}`, `${damaged}${suffix}`)
  }
  await rename(copy, paths.database)
  await forgetLostCheckpoints(paths)
  return { backup, damaged: there ? damaged : null }
}

async function newestSound(paths: DataPaths): Promise<string> {
  for (const path of await backups(paths)) {
    if (await isSound(path)) return path
  }
  throw new WorkbenchError('NO_BACKUP', 'There is no sound backup', {
    where: paths.backups,
    remedy: `Move ${paths.database} away to begin anew; checkpoints and datasets stay.`,
    exit: 1,
  })
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A run that went on after the backup has replaced its checkpoint files: it begins again from those that are left. */
async function forgetLostCheckpoints(paths: DataPaths): Promise<void> {
  const database = await openDatabase(paths)
  try {
    const checkpoints = new Checkpoints(database, paths)
    const rows: { sha256: string }[] = await database('checkpoints').where({ final: false }).select('sha256')
    for (const { sha256 } of rows) {
      if (!(await exists(checkpoints.path(sha256))))
        await database('checkpoints').where({ sha256, final: false }).delete()
    }
  } finally {
    await database.destroy()
  }
}

import { chmod, lstat, open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { systemError, WorkbenchError } from '../../shared/errors'
import { logFolder, type DataPaths } from './dataFolder'
import { makeFolder } from './makeFolder'

/** Datasets, images and results are nobody else's. */
const folderMode = 0o700
const fileMode = 0o600
const permissions = 0o777

const elsewhere = 'Choose a folder on a local disk that you may write to (--data DIR, or GAE_WORKBENCH_HOME).'

/**
 * Makes a data folder, or sees that it can be written to, before SQLite is asked, which says what went wrong in few
 * words and late. What others may read of it is closed to them.
 * @throws WorkbenchError PATH_WRONG, NOT_PERMITTED, READ_ONLY, DISK_FULL and others of the system, with the folder
 */
export async function prepareFolder(paths: DataPaths): Promise<void> {
  try {
    const fresh = await makeFolder(paths.folder, folderMode)
    if (!fresh) await closeToOthers(paths)
    await touch(paths.database)
  } catch (error) {
    throw systemError(error, paths.folder, elsewhere) ?? error
  }
}

/** Makes the file, with permissions that SQLite gives to the files beside it too. */
async function touch(database: string): Promise<void> {
  const facts = await stat(database).catch(() => null)
  // Opening a pipe would wait for its other end.
  if (facts !== null && !facts.isFile()) {
    throw new WorkbenchError('PATH_WRONG', 'It is no plain file, where the database should be', {
      where: database,
      remedy: 'Move it away, or choose another data folder (--data DIR).',
    })
  }
  const file = await open(database, 'a', fileMode)
  await file.close()
}

/** What a workbench makes in its folder. Anything else there is its user's own, and so is then the folder. */
function isOurs(paths: DataPaths, name: string): boolean {
  const folders = [paths.datasets, paths.checkpoints, paths.images, paths.backups, logFolder(paths.folder)]
  return (
    folders.some((folder) => basename(folder) === name) ||
    /^((workbench|damaged-[\dTZ-]+)\.sqlite|open\.html$)/.test(name)
  )
}

/**
 * Folders 0700, files 0600, where they are this user's. Below a folder that is closed nothing is reached, so what lies
 * deeper is looked at only where the data folder was open.
 */
async function closeToOthers({ folder, ...paths }: DataPaths): Promise<void> {
  if (process.platform === 'win32') return
  const user = process.getuid?.()
  const { mode, uid } = await stat(folder)
  const names = await readdir(folder)
  const ours = names.filter((name) => isOurs({ folder, ...paths }, name))
  const deep = (mode & permissions & ~folderMode) !== 0
  for (const name of ours) await close(join(folder, name), user, deep)
  if (deep && uid === user && ours.length === names.length) await chmod(folder, folderMode).catch(() => undefined)
}

/** Permissions that a file system does not keep are no reason not to work on it. */
async function close(path: string, user: number | undefined, deep: boolean): Promise<void> {
  const facts = await lstat(path)
  if (facts.uid !== user || facts.isSymbolicLink()) return
  const wanted = facts.isDirectory() ? folderMode : fileMode
  if ((facts.mode & permissions & ~wanted) !== 0) await chmod(path, wanted).catch(() => undefined)
  if (!deep || !facts.isDirectory()) return
  for (const name of await readdir(path)) await close(join(path, name), user, deep)
}

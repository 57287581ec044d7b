import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where the system makes no folders (/proc), and
 * calls a read-only file system a missing folder.
 * @param mode of each folder that is made
 * @returns whether it was made
 */
export async function makeFolder(path: string, mode = 0o777): Promise<boolean> {
  if (await isThere(path)) {
    if ((await stat(path)).isDirectory()) return false
    throw Object.assign(new Error(`not a folder: ${path}`), { code: 'ENOTDIR', path })
  }
  await makeFolder(dirname(path), mode)
  try {
    await mkdir(path, mode)
    return true
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await isThere(path))) return false
    throw error
  }
}

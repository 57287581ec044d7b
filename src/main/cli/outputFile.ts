import { randomUUID } from 'node:crypto'
import { access, constants, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemError, WorkbenchError } from '../../shared/errors'
import { interruptible } from './interrupt'

/** As much as is handed to one write call: between two of them a Ctrl-C is heard. */
const blockBytes = 4 * 1024 * 1024

/** What to do where a file cannot be written, by the code of the refusal. */
const remedies: Readonly<Record<string, string>> = {
  DISK_FULL: 'Free some space, or name a file on another disk; nothing was written.',
  READ_ONLY: 'Name a file in a folder that can be written to; nothing was written.',
  NOT_PERMITTED: 'Name a file in a folder that you may write to; nothing was written.',
  PATH_WRONG: 'Name a file in a folder that is there; nothing was written.',
}

function unwritable(error: unknown, path: string): unknown {
  const known = systemError(error, path)
  if (known === null) return error
  const { code, message, exit, cause } = known
  const remedy = remedies[code] ?? 'Name another file; nothing was written.'
  return new WorkbenchError(code, message, { where: path, remedy, exit, cause })
}

const isFolder = (path: string): WorkbenchError =>
  new WorkbenchError('PATH_WRONG', 'It is a folder, where a file should be', {
    where: path,
    remedy: `Name a file in it: ${join(path, 'FILE')}.`,
  })

interface Target {
  /** Behind symbolic links, which stay. */
  path: string
  /** Permissions of the file that is replaced; undefined where there is none. */
  mode: number | undefined
  /** A pipe or a device takes bytes, and is not replaced. */
  plain: boolean
}

async function targetAt(path: string): Promise<Target> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  // A symbolic link to nothing is replaced.
  if (facts === null) return { path, mode: undefined, plain: true }
  if (facts.isDirectory()) throw isFolder(path)
  if (!facts.isFile()) return { path, mode: undefined, plain: false }
  // A file that may not be written to is not to be replaced either, though the folder would allow it.
  await access(path, constants.W_OK)
  return { path: await realpath(path), mode: facts.mode & 0o777, plain: true }
}

/**
 * Sees, before the work whose result it shall hold, that a file can be written.
 * @throws WorkbenchError PATH_WRONG, NOT_PERMITTED, READ_ONLY and others of the system, with the file
 */
export async function checkOutput(path: string): Promise<void> {
  try {
    const target = await targetAt(path)
    if (!target.plain) return
    if (Buffer.byteLength(basename(path)) > 255) throw Object.assign(new Error(), { code: 'ENAMETOOLONG' })
    const folder = dirname(target.path)
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw unwritable(error, path)
  }
}

/**
 * Writes a file that a user named: a temporary name beside it, fsync, rename. Whoever looks sees the whole file, or the
 * former one, or none; after a failure or a Ctrl-C nothing is left.
 * @throws WorkbenchError DISK_FULL, PATH_WRONG, NOT_PERMITTED, READ_ONLY and others of the system, with the file
 */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  try {
    const target = await targetAt(path)
    await interruptible((signal) => (target.plain ? replace(target, bytes, signal) : pour(path, bytes, signal)))
  } catch (error) {
    throw unwritable(error, path)
  }
}

async function replace({ path, mode }: Target, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.partial`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      if (mode !== undefined) await file.chmod(mode)
      await write(file, bytes, signal)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

async function pour(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'w')
  try {
    await write(file, bytes, signal)
  } finally {
    await file.close()
  }
}

async function write(file: FileHandle, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < bytes.length; at += blockBytes) {
    signal.throwIfAborted()
    await file.writeFile(bytes.subarray(at, at + blockBytes))
  }
}

import { readFile, stat } from 'node:fs/promises'
import { systemError, WorkbenchError } from '../../shared/errors'

/**
 * A file that a user named, whole. No pipe and no device is read: that may never end.
 * @param what it should be: "a JSON file"
 * @throws WorkbenchError FILE_UNREADABLE
 */
export async function readInput(path: string, what: string): Promise<Uint8Array<ArrayBuffer>> {
  const unreadable = (message: string, cause?: unknown) =>
    new WorkbenchError('FILE_UNREADABLE', message, { where: path, remedy: `Name ${what}.`, cause })
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) throw unreadable('It is a folder, where a file should be')
    if (!facts.isFile()) throw unreadable('It is no plain file')
    // What the kernel shows as files has no size, and some of it no end.
    return facts.size === 0 ? new Uint8Array() : new Uint8Array(await readFile(path))
  } catch (error) {
    const known = error instanceof WorkbenchError ? error : systemError(error, path)
    throw known === null ? error : unreadable(known.message, error)
  }
}

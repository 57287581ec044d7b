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

/** A spec as it stands in a file. @throws SPEC_JSON */
export async function readJson(path: string): Promise<unknown> {
  // An editor's byte order mark is no part of the JSON.
  const text = new TextDecoder().decode(await readInput(path, 'a JSON file'))
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new WorkbenchError('SPEC_JSON', (cause as Error).message, { where: path, remedy: 'Correct the JSON.', cause })
  }
}

import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { SourceFile } from '../../../shared/datasets'
import { WorkbenchError } from '../../../shared/errors'
import type { Work } from '../work'

/** A file to import, read in blocks. */
export interface InputFile {
  /** As the user said it: names the file in errors. */
  name: string
  size: number
  /** The path, where it was not handed over as bytes. */
  path: string | null
  /** Some bytes; fewer at the end of the file. */
  read(at: number, length: number): Promise<Uint8Array>
}

/** As much as is read at once: parsed within a frame. */
const blockBytes = 256 * 1024

export const copyAgain = 'Copy it again; nothing was imported.'

/**
 * Opens a file, hands it over and closes it again.
 * @throws FILE_UNREADABLE, FILE_EMPTY
 */
export async function withInputFile<Value>(
  source: SourceFile,
  act: (file: InputFile) => Promise<Value>,
): Promise<Value> {
  const { name, content } = source
  if ('bytes' in content) return act(notEmpty(ofBytes(name, content.bytes)))
  const handle = await openPlain(name, content.path)
  try {
    return await act(notEmpty(await onDisk(name, content.path, handle)))
  } finally {
    await handle.close()
  }
}

function ofBytes(name: string, bytes: Uint8Array): InputFile {
  return { name, size: bytes.length, path: null, read: async (at, length) => bytes.subarray(at, at + length) }
}

async function onDisk(name: string, path: string, handle: FileHandle): Promise<InputFile> {
  const { size } = await handle.stat()
  return {
    name,
    size,
    path,
    async read(at, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)))
      let found = 0
      while (found < bytes.length) {
        const { bytesRead } = await handle
          .read(bytes, found, bytes.length - found, at + found)
          .catch((cause: NodeJS.ErrnoException) => {
            throw unreadable(name, cause)
          })
        if (bytesRead === 0) break
        found += bytesRead
      }
      return bytes.subarray(0, found)
    },
  }
}

function notEmpty(file: InputFile): InputFile {
  if (file.size > 0) return file
  throw new WorkbenchError('FILE_EMPTY', 'The file is empty', { where: file.name, remedy: copyAgain })
}

/** Opens no pipe and no device: reading one may never end. */
async function openPlain(name: string, path: string): Promise<FileHandle> {
  try {
    if ((await stat(path)).isFile()) return await open(path, 'r')
  } catch (cause) {
    throw unreadable(name, cause as NodeJS.ErrnoException)
  }
  throw new WorkbenchError('FILE_UNREADABLE', 'It is no plain file', { where: name, remedy: 'Choose a file.' })
}

/** @param cause what the system said of the file or folder */
export function unreadable(name: string, cause: NodeJS.ErrnoException): WorkbenchError {
  const missing = cause.code === 'ENOENT' || cause.code === 'ENOTDIR'
  const message = missing ? 'There is no such file' : `It cannot be read (${cause.code ?? cause.message})`
  return new WorkbenchError('FILE_UNREADABLE', message, {
    where: name,
    remedy: missing ? 'Check the path.' : 'Check its permissions; nothing was imported.',
    cause,
  })
}

/** Bytes of a file in blocks, from `begin` to before `end`. Tells progress, and lets the process answer others. */
export async function* blocksOf(
  file: InputFile,
  { signal, onProgress }: Work,
  begin = 0,
  end = file.size,
): AsyncGenerator<Uint8Array> {
  for (let at = begin; at < end;) {
    signal?.throwIfAborted()
    const block = await file.read(at, Math.min(blockBytes, end - at))
    if (block.length === 0) return
    yield block
    at += block.length
    onProgress?.(at / file.size)
    await setImmediate()
  }
}

export async function sha256Of(file: InputFile, { signal }: Work): Promise<string> {
  const hash = createHash('sha256')
  for await (const block of blocksOf(file, { signal })) hash.update(block)
  return hash.digest('hex')
}

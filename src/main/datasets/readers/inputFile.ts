import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { WorkbenchError } from '../../../shared/errors'
import type { Work } from '../work'
import type { InputSource } from './inputSource'
import { blocksOf, copyAgain, type InputFile } from './inputBlocks'
import { gzipContent, zipMember } from './packedFile'

export { blocksOf, copyAgain, type InputFile } from './inputBlocks'

/**
 * Opens a file, hands it over and closes it again.
 * @throws FILE_UNREADABLE, FILE_EMPTY
 */
export async function withInputFile<Value>(
  source: InputSource,
  act: (file: InputFile) => Promise<Value>,
): Promise<Value> {
  const { name, content } = source
  if ('archive' in content) {
    return withInputFile(content.archive, (archive) => act(notEmpty(zipMember(archive, content.entry, name))))
  }
  if ('gzip' in content) {
    return withInputFile(content.gzip, async (packed) => act(notEmpty(await gzipContent(packed, name))))
  }
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

export async function sha256Of(file: InputFile, { signal }: Work): Promise<string> {
  const hash = createHash('sha256')
  for await (const block of blocksOf(file, { signal })) hash.update(block)
  return hash.digest('hex')
}

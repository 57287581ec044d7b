import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { SourceFile } from '../../../shared/datasets'
import { WorkbenchError } from '../../../shared/errors'
import { formatUnknown } from './formats'

/** A file to import, whole in memory. */
export interface InputFile {
  /** As the user said it: names the file in errors. */
  name: string
  bytes: Uint8Array
  sha256: string
}

/** Largest file that is read: what one buffer holds. */
const largestFile = 4 * 1024 ** 3 - 1
const blockBytes = 4 * 1024 * 1024

/** @throws FILE_UNREADABLE, FILE_EMPTY, FILE_TOO_LARGE, FORMAT_UNKNOWN for folders */
export async function loadInputFile({ name, content }: SourceFile, signal?: AbortSignal): Promise<InputFile> {
  const bytes = 'bytes' in content ? content.bytes : await readWhole(name, content.path, signal)
  if (bytes.length === 0)
    throw new WorkbenchError('FILE_EMPTY', 'The file is empty', { where: name, remedy: copyAgain })
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += blockBytes) {
    signal?.throwIfAborted()
    hash.update(bytes.subarray(at, at + blockBytes))
    await setImmediate()
  }
  return { name, bytes, sha256: hash.digest('hex') }
}

export const copyAgain = 'Copy it again; nothing was imported.'

async function readWhole(name: string, path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    const message = cause.code === 'ENOENT' ? 'There is no such file' : `The file cannot be read (${cause.code})`
    throw new WorkbenchError('FILE_UNREADABLE', message, { where: name, remedy: 'Check the path.', cause })
  })
  try {
    const facts = await file.stat()
    if (facts.isDirectory()) throw formatUnknown(name, 'Folders of images cannot be read yet')
    if (facts.size > largestFile) {
      throw new WorkbenchError('FILE_TOO_LARGE', `${facts.size.toLocaleString('en-US')} bytes are too many`, {
        where: name,
        remedy: 'Files of up to 4 GiB can be read: divide it.',
      })
    }
    const bytes = new Uint8Array(facts.size)
    let at = 0
    while (at < bytes.length) {
      signal?.throwIfAborted()
      const { bytesRead } = await file.read(bytes, at, Math.min(blockBytes, bytes.length - at), at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return bytes.subarray(0, at)
  } finally {
    await file.close()
  }
}

import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemError } from '../../shared/errors'
import { partialPath } from './partialFile'

export interface ContentFile {
  path: string
  sha256: string
  bytes: number
}

/** As much as is handed to one write call. */
const blockBytes = 4 * 1024 * 1024

/**
 * Writes a file that is named by the SHA-256 of its content: temporary name, fsync, rename. A reader sees the whole file
 * or none; after a failure nothing is left.
 * @param extension with its dot
 * @throws WorkbenchError of what the system refused (DISK_FULL, READ_ONLY, NOT_PERMITTED, ...)
 */
export async function writeContentFile(
  folder: string,
  extension: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<ContentFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = partialPath(folder)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      for await (const part of parts) {
        for (let at = 0; at < part.length; at += blockBytes) {
          signal?.throwIfAborted()
          const block = part.subarray(at, at + blockBytes)
          hash.update(block)
          await file.writeFile(block)
          bytes += block.length
        }
      }
      await file.sync()
    } finally {
      await file.close()
    }
    const sha256 = hash.digest('hex')
    const path = join(folder, `${sha256}${extension}`)
    await rename(temporary, path)
    await syncFolder(folder)
    return { path, sha256, bytes }
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw systemError(error, folder) ?? error
  }
}

/** Makes a rename survive a power failure; Windows cannot open a folder and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

import { WorkbenchError } from '../../../shared/errors'
import type { ZipEntry } from '../zip'
import type { Work } from '../work'
import { ByteReader } from './byteReader'
import { inflated } from './inflate'
import { blocksOf, copyAgain, type InputFile } from './inputBlocks'
import { zipBlocks } from './zipBlocks'

/** Most bytes that a packed file may unpack to: what is read of them has its own limits. */
export const mostUnpacked = 16 * 1024 ** 3
/** As much of the beginning is kept: readers look at it several times. */
const headBytes = 64 * 1024
const skipBytes = 1024 * 1024

/** A member of a zip archive. Nothing is unpacked ahead: reading backwards begins anew. @throws NPZ_DAMAGED */
export function zipMember(archive: InputFile, entry: ZipEntry, name: string): InputFile {
  if (entry.size > mostUnpacked) throw tooLarge(name)
  return streamed(name, entry.size, () => zipBlocks(archive, entry, name))
}

/** The content of a gzip file, gone through once to know its size. @throws GZIP_DAMAGED, ARCHIVE_LARGE */
export async function gzipContent(packed: InputFile, name: string, { signal }: Work = {}): Promise<InputFile> {
  let size = 0
  for await (const block of gzipBlocks(packed, name)) {
    signal?.throwIfAborted()
    size += block.length
    if (size > mostUnpacked) throw tooLarge(name)
  }
  return streamed(name, size, () => gzipBlocks(packed, name))
}

async function* gzipBlocks(packed: InputFile, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* inflated(blocksOf(packed, {}), 'gzip')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_') !== true) throw error
    throw new WorkbenchError('GZIP_DAMAGED', `It cannot be inflated (${message})`, { where: name, remedy: copyAgain })
  }
}

/** @param open the content from its beginning */
function streamed(name: string, size: number, open: () => AsyncGenerator<Uint8Array>): InputFile {
  let stream: ByteReader | null = null
  let position = 0
  let head: Uint8Array | null = null
  const take = async (at: number, length: number): Promise<Uint8Array> => {
    if (stream === null || at < position) {
      await stream?.close()
      stream = new ByteReader(open())
      position = 0
    }
    while (position < at) {
      const skipped = await stream.take(Math.min(skipBytes, at - position))
      if (skipped.length === 0) break
      position += skipped.length
    }
    // One byte more than there is, at its end: what is wrong with the whole is told there.
    const atEnd = at + length >= size
    const taken = await stream.take(atEnd ? length + 1 : length)
    position += taken.length
    return taken.subarray(0, length)
  }
  return {
    name,
    size,
    path: null,
    async read(at, length) {
      const wanted = Math.max(0, Math.min(length, size - at))
      head ??= await take(0, Math.min(headBytes, size))
      if (at + wanted <= head.length) return head.subarray(at, at + wanted)
      return take(at, wanted)
    },
  }
}

const tooLarge = (where: string): WorkbenchError =>
  new WorkbenchError('ARCHIVE_LARGE', 'It unpacks to more than 16 GiB', { where, remedy: 'Give a smaller part of it.' })

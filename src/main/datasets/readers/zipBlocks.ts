import { crc32 } from 'node:zlib'
import { checkEntry, inflateFailed, zipDamaged, zipPlace, type ZipEntry } from '../zip'
import type { Work } from '../work'
import { inflated } from './inflate'
import { blocksOf, type InputFile } from './inputBlocks'

/**
 * The bytes of an entry of an archive, inflated and verified while they come.
 * @param where names the entry in errors
 * @throws NPZ_DAMAGED where they are not as many, or not those, that are promised
 */
export async function* zipBlocks(
  archive: InputFile,
  entry: ZipEntry,
  where: string,
  work: Work = {},
): AsyncGenerator<Uint8Array> {
  const { begin, end } = await zipPlace(entry, archive, where)
  const packed = blocksOf(archive, work, begin, end)
  let found = 0
  let sum = 0
  try {
    for await (const block of entry.deflated ? inflated(packed, 'raw') : packed) {
      found += block.length
      if (found > entry.size) throw zipDamaged(where, `More bytes than the ${entry.size} that are promised`)
      sum = crc32(block, sum)
      yield block
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? inflateFailed(where, error) : error
  }
  checkEntry(entry, found, sum, where)
}

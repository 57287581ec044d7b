import { crc32 } from 'node:zlib'
import { WorkbenchError } from '../../../shared/errors'
import { checkBytes, checkPixels } from '../limits'
import { checkNpyBytes, isNpy, npyHeaderBytes, npyPrefixBytes, parseNpyHeader, type NpyHeader } from '../npy'
import { arrayName } from '../npz'
import { decodeNumbers, type NumberType } from '../numberTypes'
import { checkEntry, inflateFailed, isZip, zipDamaged, zipEntries, zipPlace, type ZipEntry } from '../zip'
import type { Work } from '../work'
import { ByteReader } from './byteReader'
import { formatUnknown } from './formats'
import { fortranRows } from './fortran'
import { inflated } from './inflate'
import { blocksOf, type InputFile } from './inputFile'
import type { Reader, RowSink } from './reader'

/** A NumPy archive with x and, where there are labels or partners, y. Other arrays are not read. */
export const npzReader: Reader = {
  format: 'npz',
  matches: isZip,
  async read(file, sink, work) {
    const { name } = file
    const entries = (await zipEntries(file.size, file.read, name)).filter((entry) => arrayName(entry.name) !== null)
    if (entries.length === 0) throw formatUnknown(name, 'The zip archive holds no NumPy arrays')
    const wanted = entries.filter((entry) => isWanted(arrayName(entry.name)))
    if (wanted.length === 0) {
      const found = entries.map((entry) => arrayName(entry.name)).slice(0, 8)
      throw new WorkbenchError('NPZ_NAMES', `There is no array x; it has ${found.join(', ')}`, {
        where: name,
        remedy: 'Save images as x and labels (or partners) as y.',
      })
    }
    for (const entry of wanted) {
      const array = arrayName(entry.name) as 'x' | 'y'
      await readArray(array, await entryBytes(entry, file, work), entry.size, `${name}, ${array}`, sink)
    }
    return {}
  },
}

const isWanted = (name: string | null): name is 'x' | 'y' => name === 'x' || name === 'y'

/** A single NumPy array: one axis of labels, or images. */
export const npyReader: Reader = {
  format: 'npy',
  matches: isNpy,
  async read(file, sink, work) {
    await readArray(null, blocksOf(file, work), file.size, file.name, sink)
    return {}
  },
}

/** The bytes of an entry, verified while they come. @throws NPZ_DAMAGED */
async function entryBytes(entry: ZipEntry, file: InputFile, work: Work): Promise<AsyncIterable<Uint8Array>> {
  const where = `${file.name}, ${entry.name}`
  const { begin, end } = await zipPlace(entry, file, where)
  const packed = blocksOf(file, work, begin, end)
  return verified(entry, entry.deflated ? inflated(packed, 'raw') : packed, where)
}

async function* verified(
  entry: ZipEntry,
  blocks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Uint8Array> {
  let found = 0
  let sum = 0
  try {
    for await (const block of blocks) {
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

/**
 * @param array its name in an archive; null for a file of its own
 * @param size bytes of the whole array, as far as is known before it is read
 */
async function readArray(
  array: 'x' | 'y' | null,
  blocks: AsyncIterable<Uint8Array>,
  size: number,
  where: string,
  sink: RowSink,
): Promise<void> {
  const bytes = new ByteReader(blocks)
  try {
    const prefix = await bytes.peek(npyPrefixBytes)
    const header = parseNpyHeader(await bytes.take(npyHeaderBytes(prefix, where)), where)
    const { type, shape } = header
    checkNpyBytes(header, size - header.start, where)
    if (type === null) throw new WorkbenchError('NPY_DTYPE', 'The array is a text', { where, remedy: 'Save numbers.' })
    // A number takes a byte at least.
    checkBytes(header.bytes / type.size, where)
    const isLabels = shape.length === 1 && array !== 'x'
    const rowShape = shape.slice(1)
    checkPixels(rowShape, where)
    // An array without rows is told apart from none.
    if (isLabels) sink.labels([])
    else await sink.pixels(array ?? 'x', { shape: rowShape, data: new Uint8Array(0), integer: true })
    if (shape.length === 0) return
    for await (const data of rowsOf(header, type, bytes, where)) {
      if (isLabels) sink.labels(data)
      else await sink.pixels(array ?? 'x', { shape: rowShape, data, integer: !type.kind.startsWith('f') })
    }
    // To the end: an archive's checksum is verified there.
    if (await bytes.goesOn()) throw zipDamaged(where, 'It goes on after its end')
    checkNpyBytes(header, bytes.found - header.start, where)
  } finally {
    await bytes.close()
  }
}

async function* rowsOf(header: NpyHeader, type: NumberType, bytes: ByteReader, where: string) {
  const { shape, fortran } = header
  const rowBytes = shape.slice(1).reduce((product, size) => product * size, type.size)
  if (rowBytes === 0) return
  if (fortran && shape.length > 1) yield* fortranRows(header, type, bytes, where)
  else for await (const block of bytes.rows(rowBytes, header.bytes)) yield decodeNumbers(block, type)
}

import { WorkbenchError } from '../../../shared/errors'
import { checkBytes, checkPixels } from '../limits'
import { checkNpyBytes, npyHeaderBytes, npyPrefixBytes, parseNpyHeader, readNpyText, type NpyHeader } from '../npy'
import { decodeNumbers, type NumberType } from '../numberTypes'
import { zipDamaged } from '../zip'
import { rowAxes } from './axes'
import { ByteReader } from './byteReader'
import { fortranRows } from './fortran'
import type { RowSink } from './reader'

/** What was read of an array. */
export interface ArrayRead {
  /** In words, where it was changed. */
  said: string | null
  isLabels: boolean
}

/**
 * Reads one array into a sink: rows of numbers as pixels; a single axis of numbers or texts as labels.
 * @param array what it is; null: labels where it has one axis, else images
 * @param size bytes of the whole array, as far as is known before it is read
 * @throws NPY_DAMAGED, NPY_DTYPE, NPY_PICKLED, SHAPE_AXES
 */
export async function readArray(
  array: 'x' | 'y' | null,
  blocks: AsyncIterable<Uint8Array>,
  size: number,
  where: string,
  sink: RowSink,
): Promise<ArrayRead> {
  const bytes = new ByteReader(blocks)
  try {
    const prefix = await bytes.peek(npyPrefixBytes)
    const header = parseNpyHeader(await bytes.take(npyHeaderBytes(prefix, where)), where)
    checkNpyBytes(header, size - header.start, where)
    const read = await readRows(array, header, bytes, where, sink)
    if (header.shape.length === 0) return read
    // To the end: an archive's checksum is verified there.
    if (await bytes.goesOn()) throw zipDamaged(where, 'It goes on after its end')
    checkNpyBytes(header, bytes.found - header.start, where)
    return read
  } finally {
    await bytes.close()
  }
}

async function readRows(
  array: 'x' | 'y' | null,
  header: NpyHeader,
  bytes: ByteReader,
  where: string,
  sink: RowSink,
): Promise<ArrayRead> {
  const { type, shape } = header
  const isLabels = shape.length === 1 && array !== 'x'
  if (type === null) {
    // [N] or [N, 1] texts are names of classes.
    const rows = shape.length > 0 && shape.slice(1).every((size) => size === 1)
    if (!rows || array === 'x') {
      throw new WorkbenchError('NPY_DTYPE', 'The array is a text', { where, remedy: 'Save numbers.' })
    }
    await readTexts(header, bytes, where, sink)
    return { said: null, isLabels: true }
  }
  // A number takes a byte at least.
  checkBytes(header.bytes / type.size, where)
  if (isLabels) {
    // An array without rows is told apart from none.
    sink.labels([])
    for await (const data of numbersOf(header, type, bytes, where)) sink.labels(data)
    return { said: null, isLabels }
  }
  const axes = rowAxes(shape.slice(1), where)
  checkPixels(axes.shape, where)
  await sink.pixels(array ?? 'x', axes.block(new Uint8Array(0)))
  if (shape.length === 0) return { said: null, isLabels }
  for await (const data of numbersOf(header, type, bytes, where)) await sink.pixels(array ?? 'x', axes.block(data))
  return { said: axes.said, isLabels }
}

async function readTexts(header: NpyHeader, bytes: ByteReader, where: string, sink: RowSink): Promise<void> {
  let row = 0
  for await (const block of bytes.rows(header.item, header.bytes)) {
    for (let at = 0; at < block.length; at += header.item) {
      const place = row++
      const text = readNpyText(block.subarray(at, at + header.item), header)
      sink.labelText(text, 'LABELS_TEXT', () => `${where}, row ${place}`)
    }
  }
}

async function* numbersOf(header: NpyHeader, type: NumberType, bytes: ByteReader, where: string) {
  const { shape, fortran } = header
  const rowBytes = shape.slice(1).reduce((product, size) => product * size, type.size)
  if (rowBytes === 0) return
  if (fortran && shape.length > 1) yield* fortranRows(header, type, bytes, where)
  else for await (const block of bytes.rows(rowBytes, header.bytes)) yield decodeNumbers(block, type)
}

import { WorkbenchError } from '../../../shared/errors'
import { checkBytes, checkPixels, mostBytes } from '../limits'
import { decodeNumbers, type NumberType } from '../numberTypes'
import { ByteReader } from './byteReader'
import { formatUnknown } from './formats'
import { inflated } from './inflate'
import { blocksOf, copyAgain, type InputFile } from './inputFile'
import { factsOf, type Reader, type ReadFacts, type ReadOptions, type RowSink } from './reader'

/**
 * IDX, the format of MNIST (LeCun): two zero bytes, a type, the number of axes, each axis as a big-endian uint32, then
 * the values, big-endian. Plain or in gzip.
 */
const types: Record<number, NumberType> = {
  0x08: { kind: 'u1', size: 1, little: false },
  0x09: { kind: 'i1', size: 1, little: false },
  0x0b: { kind: 'i2', size: 2, little: false },
  0x0c: { kind: 'i4', size: 4, little: false },
  0x0d: { kind: 'f4', size: 4, little: false },
  0x0e: { kind: 'f8', size: 8, little: false },
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b
const isIdx = (head: Uint8Array): boolean => head[0] === 0 && head[1] === 0 && types[head[2] ?? 0] !== undefined

export const idxReader: Reader = {
  format: 'IDX',
  matches: (head) => isIdx(head) || isGzip(head),
  async read(file, parts, work, options) {
    const sink = parts.part(null)
    const packed = isGzip(await file.read(0, 2))
    const blocks = blocksOf(file, work)
    const bytes = new ByteReader(packed ? inflated(blocks, 'gzip') : blocks)
    try {
      const header = await (packed ? readPacked : readPlain)(file, bytes, sink, options)
      return headerFacts(header, file.name, options)
    } finally {
      await bytes.close()
    }
  },
}

/** QMNIST's labels: eight int32, of which the first is the class. */
const isQmnist = ({ type, shape }: Header): boolean => type.kind === 'i4' && shape.length === 2 && shape[1] === 8

function headerFacts(header: Header, name: string, { role }: ReadOptions): ReadFacts {
  const asLabels = header.shape.length === 1 || role === 'labels'
  return factsOf({
    labelsFrom: asLabels ? (isQmnist(header) ? 'first of eight columns, as in QMNIST' : 'the IDX file') : null,
    scale: header.type.kind === 'u1' ? 'byte' : 'keep',
    mayBeTurned: /emnist/i.test(name) && header.shape.length === 3,
  })
}

interface Header {
  type: NumberType
  shape: number[]
  /** Bytes of a row, of the header, of the whole file. */
  rowBytes: number
  start: number
  promised: number
}

/** @throws IDX_TRUNCATED, IDX_AXES, IDX_EMPTY */
async function readHeader(name: string, bytes: ByteReader): Promise<Header> {
  const head = await bytes.take(4)
  if (head.length === 4 && !isIdx(head)) throw formatUnknown(name, 'The gzip file holds no IDX file')
  const [, , code = 0, axes = 0] = head
  if (head.length === 4 && (axes < 1 || axes > 3)) {
    throw refuse('IDX_AXES', name, `It has ${axes} axes`, 'Images have 2 or 3 (number, height, width), labels 1.')
  }
  const sizes = await bytes.take(4 * axes)
  if (head.length < 4 || sizes.length < 4 * axes) {
    throw refuse('IDX_TRUNCATED', name, `The header ends after ${head.length + sizes.length} bytes`, copyAgain)
  }
  const view = new DataView(sizes.buffer, sizes.byteOffset, sizes.length)
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 * axis))
  const type = types[code]
  const rowBytes = shape.slice(1).reduce((product, size) => product * size, type.size)
  const start = 4 + 4 * axes
  if (shape[0] * rowBytes === 0) throw refuse('IDX_EMPTY', name, 'It holds nothing', 'Choose another file.')
  return { type, shape, rowBytes, start, promised: start + shape[0] * rowBytes }
}

/** What a plain file promises is compared with its size before anything is read. */
async function readPlain(
  { name, size }: InputFile,
  bytes: ByteReader,
  sink: RowSink,
  options: ReadOptions,
): Promise<Header> {
  const header = await readHeader(name, bytes)
  if (size < header.promised) throw truncated(name, header.promised, size)
  if (size > header.promised) throw trailing(name, header.promised, counted(size))
  // A number takes a byte at least.
  checkBytes((header.promised - header.start) / header.type.size, name)
  await readRows(name, header, bytes, sink, options)
  if (bytes.found < header.promised) throw truncated(name, header.promised, bytes.found)
  return header
}

/** How much a gzip file holds is known at its end; it is inflated to no more than its header promises. */
async function readPacked(
  { name }: InputFile,
  bytes: ByteReader,
  sink: RowSink,
  options: ReadOptions,
): Promise<Header> {
  let promised: number | null = null
  try {
    const header = await readHeader(name, bytes)
    promised = header.promised
    // A promise beyond all limits is kept by no honest file: it is only counted.
    if (promised > mostBytes) await count(name, bytes)
    else await readRows(name, header, bytes, sink, options)
    if (bytes.found < promised) throw truncated(name, promised, bytes.found)
    if (await bytes.goesOn()) throw trailing(name, promised, 'more')
    return header
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR' && promised !== null) throw truncated(name, promised, bytes.found)
    if (code?.startsWith('Z_')) {
      throw refuse('GZIP_DAMAGED', name, `The gzip file is damaged (${message})`, copyAgain)
    }
    throw error
  }
}

async function count(name: string, bytes: ByteReader): Promise<void> {
  for await (const _ of bytes.rows(1, Infinity)) checkBytes(bytes.found, name)
}

async function readRows(
  name: string,
  header: Header,
  bytes: ByteReader,
  sink: RowSink,
  { role }: ReadOptions,
): Promise<void> {
  const { type, shape, rowBytes, start, promised } = header
  checkPixels(shape.slice(1), name)
  for await (const block of bytes.rows(rowBytes, promised - start)) {
    const data = decodeNumbers(block, type)
    if (shape.length === 1) sink.labels(data)
    else if (role === 'labels' && isQmnist(header)) sink.labels(data.filter((_, at) => at % shape[1] === 0))
    else await sink.pixels(role === 'labels' ? 'y' : 'x', { shape: shape.slice(1), data })
  }
}

const counted = (bytes: number): string => bytes.toLocaleString('en-US')

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

const truncated = (name: string, promised: number, found: number): WorkbenchError =>
  refuse('IDX_TRUNCATED', name, `${counted(promised)} bytes promised, ${counted(found)} found`, copyAgain)

const trailing = (name: string, promised: number, found: string): WorkbenchError =>
  refuse('IDX_TRAILING', name, `${counted(promised)} bytes promised, ${found} found`, copyAgain)

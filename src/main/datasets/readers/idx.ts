import { createGunzip } from 'node:zlib'
import { WorkbenchError } from '../../../shared/errors'
import type { NumericArray } from '../npy'
import { formatUnknown } from './formats'
import { copyAgain, type InputFile } from './inputFile'
import type { FileArrays, Reader } from './reader'

/**
 * IDX, the format of MNIST (LeCun): two zero bytes, a type, the number of axes, each axis as a big-endian uint32, then
 * the values. Plain or in gzip.
 */
const byteType = 0x08
const otherTypes: Record<number, string> = {
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b
const isIdx = (head: Uint8Array): boolean =>
  head[0] === 0 && head[1] === 0 && (head[2] === byteType || otherTypes[head[2] ?? 0] !== undefined)

export const idxReader: Reader = {
  format: 'IDX',
  matches: (head) => isIdx(head) || isGzip(head),
  async read(file, signal) {
    return arraysOf(file.name, isGzip(file.bytes) ? await inflate(file, signal) : file.bytes)
  },
}

interface Header {
  shape: number[]
  /** Bytes of the header. */
  start: number
  /** Bytes of the whole file. */
  promised: number
}

/** The header, or null while there are too few bytes. @throws IDX_TYPE, IDX_AXES */
function parseHeader(name: string, bytes: Uint8Array): Header | null {
  if (bytes.length < 4) return null
  const [type, axes] = [bytes[2]!, bytes[3]!]
  if (type !== byteType) {
    throw refuse(
      'IDX_TYPE',
      name,
      `It holds ${otherTypes[type]}; bytes can be read`,
      'Convert it to bytes, or to .npz.',
    )
  }
  if (axes < 1 || axes > 3) {
    throw refuse('IDX_AXES', name, `It has ${axes} axes`, 'Images have 2 or 3 (number, height, width), labels 1.')
  }
  const start = 4 + 4 * axes
  if (bytes.length < start) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, start)
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis))
  return { shape, start, promised: start + shape.reduce((product, size) => product * size, 1) }
}

function arraysOf(name: string, bytes: Uint8Array): FileArrays {
  const header = parseHeader(name, bytes)
  if (header === null) throw refuse('IDX_TRUNCATED', name, `The header ends after ${bytes.length} bytes`, copyAgain)
  const { shape, start, promised } = header
  if (bytes.length < promised) throw truncated(name, promised, bytes.length)
  if (bytes.length > promised) throw trailing(name, promised, counted(bytes.length))
  if (promised === start) throw refuse('IDX_EMPTY', name, 'It holds nothing', 'Choose another file.')
  const array: NumericArray = { shape, data: bytes.subarray(start), integer: true }
  return shape.length === 1 ? { x: null, y: array } : { x: array, y: null }
}

/** Inflates a gzip file, to no more than its IDX header promises. */
async function inflate({ name, bytes }: InputFile, signal?: AbortSignal): Promise<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 1024 * 1024 })
  gunzip.end(bytes)
  const chunks: Uint8Array[] = []
  let found = 0
  let header: Header | null = null
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted()
      chunks.push(chunk)
      found += chunk.length
      if (header === null) {
        const head = Buffer.concat(chunks)
        if (head.length >= 3 && !isIdx(head)) throw formatUnknown(name, 'The gzip file holds no IDX file')
        header = parseHeader(name, head)
      }
      if (header !== null && found > header.promised) throw trailing(name, header.promised, 'more')
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR' && header !== null) throw truncated(name, header.promised, found)
    if (code?.startsWith('Z_')) {
      throw refuse('GZIP_DAMAGED', name, `The gzip file is damaged (${(error as Error).message})`, copyAgain)
    }
    throw error
  } finally {
    gunzip.destroy()
  }
  return Buffer.concat(chunks)
}

const counted = (bytes: number): string => bytes.toLocaleString('en-US')

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

const truncated = (name: string, promised: number, found: number): WorkbenchError =>
  refuse('IDX_TRUNCATED', name, `${counted(promised)} bytes promised, ${counted(found)} found`, copyAgain)

const trailing = (name: string, promised: number, found: string): WorkbenchError =>
  refuse('IDX_TRAILING', name, `${counted(promised)} bytes promised, ${found} found`, copyAgain)

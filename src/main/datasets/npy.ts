import { WorkbenchError } from '../../shared/errors'
import { decodeNumbers, isNumberKind, type FileArray, type NumberType } from './numberTypes'

const magic = '\x93NUMPY'

export const isNpy = (bytes: Uint8Array): boolean => latin1(bytes.subarray(0, magic.length)) === magic

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

const damaged = (where: string, message: string): WorkbenchError =>
  refuse('NPY_DAMAGED', where, message, 'Save it again with numpy.')

export interface NpyHeader {
  /** Null for texts. */
  type: NumberType | null
  /** Bytes of one number or text. */
  item: number
  descr: string
  fortran: boolean
  shape: number[]
  /** Bytes of the header, and of the data after it. */
  start: number
  bytes: number
}

/** Longest header that is read; numpy itself takes 10,000 characters. */
const longestHeader = 1024 * 1024

/** Bytes that say how long the header is. */
export const npyPrefixBytes = 12

/**
 * Bytes of the header with its prefix.
 * @param prefix the file's first bytes, `npyPrefixBytes` where it has as many
 * @throws NPY_DAMAGED
 */
export function npyHeaderBytes(prefix: Uint8Array, where: string): number {
  if (!isNpy(prefix) || prefix.length < npyPrefixBytes) throw damaged(where, 'This is no NumPy array')
  const version = prefix[6]
  if (version < 1 || version > 3) throw damaged(where, `Version ${version} of the format is unknown`)
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.length)
  const start = version === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true)
  if (start > longestHeader) throw damaged(where, 'The header of the array cannot be read')
  return start
}

/**
 * What a header says.
 * @param head the file's first bytes, as many as `npyHeaderBytes` says
 * @throws NPY_DAMAGED, NPY_PICKLED (objects are never unpickled), NPY_DTYPE
 */
export function parseNpyHeader(head: Uint8Array, where: string): NpyHeader {
  const start = npyHeaderBytes(head.subarray(0, npyPrefixBytes), where)
  const text = latin1(head.subarray(head[6] === 1 ? 10 : 12, start))
  const descr = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(text)
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)
  if (start > head.length || descr === null || fortran === null || shape === null) {
    throw damaged(where, 'The header of the array cannot be read')
  }
  const sizes = [...shape[1].matchAll(/\d+/g)].map(([digits]) => Number(digits))
  const count = sizes.reduce((product, size) => product * size, 1)
  const { type, size } = typeOf(descr[1] ?? 'a structure', where)
  return { type, item: size, descr: descr[1], fortran: fortran[1] === 'True', shape: sizes, start, bytes: count * size }
}

/** @returns the type of numbers, or null for texts; and the bytes of one */
function typeOf(descr: string, where: string): { type: NumberType | null; size: number } {
  if (descr.includes('O')) {
    throw refuse(
      'NPY_PICKLED',
      where,
      'The array holds pickled Python objects',
      'Save numbers, array.astype(float), or names, array.astype(str).',
    )
  }
  const [, order = '', kind = ''] = /^([<>|=]?)([a-zA-Z]\d+)$/.exec(descr) ?? []
  const size = Number(kind.slice(1))
  if (/^[US]\d/.test(kind) && size > 0) return { type: null, size: kind.startsWith('U') ? 4 * size : size }
  if (isNumberKind(kind)) return { type: { kind, size, little: order !== '>' }, size }
  throw refuse('NPY_DTYPE', where, `Arrays of type ${descr} cannot be read`, 'Save numbers: array.astype("float32").')
}

/** @throws NPY_DAMAGED */
export function checkNpyBytes({ bytes }: NpyHeader, found: number, where: string): void {
  if (bytes === found) return
  const [promised, there] = [bytes, found].map((value) => value.toLocaleString('en-US'))
  throw damaged(where, `${promised} bytes promised, ${there} found`)
}

/**
 * Reads a .npy file: numbers of either byte order, in C or Fortran order, or one text (which numpy keeps as an array
 * without axes).
 * @throws NPY_DAMAGED, NPY_PICKLED (objects are never unpickled), NPY_DTYPE
 */
export function parseNpy(bytes: Uint8Array, where: string): FileArray | string {
  const header = parseNpyHeader(bytes.subarray(0, npyHeaderBytes(bytes.subarray(0, npyPrefixBytes), where)), where)
  const { type, descr, fortran, shape, start } = header
  const data = bytes.subarray(start)
  checkNpyBytes(header, data.length, where)
  if (type === null) {
    if (data.length === header.item) return readNpyText(data, header)
    throw refuse('NPY_DTYPE', where, `Arrays of type ${descr} cannot be read`, 'Save numbers: array.astype("float32").')
  }
  const values = decodeNumbers(data, type)
  return {
    shape,
    data: fortran && shape.length > 1 ? fromFortran(values, shape) : values,
  }
}

/** Column-major to row-major. */
function fromFortran(values: FileArray['data'], shape: readonly number[]): FileArray['data'] {
  const turned = values.slice()
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1))
  const position = new Array<number>(shape.length).fill(0)
  for (let i = 0; i < values.length; i++) {
    turned[i] = values[position.reduce((sum, index, axis) => sum + index * strides[axis], 0)]
    for (let axis = shape.length - 1; axis >= 0 && ++position[axis] === shape[axis]; axis--) position[axis] = 0
  }
  return turned
}

/** One text: UTF-32 or bytes (UTF-8), padded with zeros. */
export function readNpyText(data: Uint8Array, { descr }: Pick<NpyHeader, 'descr'>): string {
  const [wide, little] = [descr.includes('U'), !descr.startsWith('>')]
  const end = String.fromCharCode(0)
  if (!wide) return new TextDecoder().decode(data).replaceAll(end, '')
  const view = new DataView(data.buffer, data.byteOffset, data.length)
  const points = Array.from({ length: data.length / 4 }, (_, i) => view.getUint32(4 * i, little))
  return points
    .filter((point) => point > 0 && point <= 0x10ffff)
    .map((point) => String.fromCodePoint(point))
    .join('')
}

/** What can be written: numbers by their own type, a text as numpy keeps it. */
export type WritableArray =
  { shape: readonly number[]; data: Uint8Array | Int32Array | Float32Array | Float64Array } | string

const typeNames = new Map<unknown, string>([
  [Uint8Array, '|u1'],
  [Int32Array, '<i4'],
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
])

/** The header of a .npy file (version 1), padded to 64 bytes as numpy does. */
function npyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const header = Buffer.from(`${magic}\x01\x00\x00\x00${text.padEnd(length - 1)}\n`, 'latin1')
  header.writeUInt16LE(length, 8)
  return header
}

/** A .npy file in parts: header, then the array's own bytes (not copied). */
export function npyParts(array: WritableArray): [Uint8Array, Uint8Array] {
  if (typeof array === 'string') {
    const points = Array.from(array, (character) => character.codePointAt(0) ?? 0)
    return [npyHeader(`<U${points.length}`, []), new Uint8Array(Uint32Array.from(points).buffer)]
  }
  const { shape, data } = array
  const type = typeNames.get(data.constructor)
  if (type === undefined) throw new TypeError(`no NumPy type for ${data.constructor.name}`)
  return [npyHeader(type, shape), new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]
}

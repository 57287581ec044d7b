import { WorkbenchError } from '../../shared/errors'

/** A NumPy array of numbers, rows last (C order). Integers wider than 32 bits and unsigned 32 bits become float64. */
export interface NumericArray {
  shape: number[]
  data: Uint8Array | Int32Array | Float32Array | Float64Array
  /** The file's type is boolean or a whole-number type. */
  integer: boolean
}

const magic = '\x93NUMPY'

export const isNpy = (bytes: Uint8Array): boolean => latin1(bytes.subarray(0, magic.length)) === magic

/** NumPy's boolean and whole-number types by kind and size, and its floats. */
const readers: Record<
  string,
  { make: 'same' | 'int32' | 'float32' | 'float64'; read: (view: DataView, at: number, little: boolean) => number }
> = {
  b1: { make: 'int32', read: (view, at) => Number(view.getUint8(at) !== 0) },
  i1: { make: 'int32', read: (view, at) => view.getInt8(at) },
  u1: { make: 'same', read: (view, at) => view.getUint8(at) },
  i2: { make: 'int32', read: (view, at, little) => view.getInt16(at, little) },
  u2: { make: 'int32', read: (view, at, little) => view.getUint16(at, little) },
  i4: { make: 'int32', read: (view, at, little) => view.getInt32(at, little) },
  u4: { make: 'float64', read: (view, at, little) => view.getUint32(at, little) },
  i8: { make: 'float64', read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { make: 'float64', read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  f2: { make: 'float32', read: (view, at, little) => half(view.getUint16(at, little)) },
  f4: { make: 'float32', read: (view, at, little) => view.getFloat32(at, little) },
  f8: { make: 'float64', read: (view, at, little) => view.getFloat64(at, little) },
}

const constructors = { same: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array }

/** Types whose bytes on this (little-endian) machine are the array already. */
const native: Record<string, typeof Uint8Array | typeof Int32Array | typeof Float32Array | typeof Float64Array> = {
  u1: Uint8Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

const damaged = (where: string, message: string): WorkbenchError =>
  refuse('NPY_DAMAGED', where, message, 'Save it again with numpy.')

interface Header {
  descr: string
  fortran: boolean
  shape: number[]
  start: number
}

function parseHeader(bytes: Uint8Array, where: string): Header {
  if (!isNpy(bytes) || bytes.length < 12) throw damaged(where, 'This is no NumPy array')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const version = bytes[6]!
  if (version < 1 || version > 3) throw damaged(where, `Version ${version} of the format is unknown`)
  const start = version === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true)
  const text = latin1(bytes.subarray(version === 1 ? 10 : 12, start))
  const descr = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(text)
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)
  const shape = /'shape'\s*:\s*\(((?:\s*\d+L?\s*,?)*)\s*\)/.exec(text)
  if (start > bytes.length || descr === null || fortran === null || shape === null) {
    throw damaged(where, 'The header of the array cannot be read')
  }
  const sizes = [...shape[1]!.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  return { descr: descr[1] ?? 'a structure', fortran: fortran[1] === 'True', shape: sizes, start }
}

/**
 * Reads a .npy file: numbers of either byte order, in C or Fortran order, or one text (which numpy keeps as an array
 * without axes).
 * @throws NPY_DAMAGED, NPY_PICKLED (objects are never unpickled), NPY_DTYPE
 */
export function parseNpy(bytes: Uint8Array, where: string): NumericArray | string {
  const { descr, fortran, shape, start } = parseHeader(bytes, where)
  const count = shape.reduce((product, size) => product * size, 1)
  if (descr.includes('O')) {
    throw refuse('NPY_PICKLED', where, 'The array holds pickled Python objects', 'Save numbers: array.astype(float).')
  }
  const [, order = '', type = ''] = /^([<>|=]?)([a-zA-Z]\d+)$/.exec(descr) ?? []
  const data = bytes.subarray(start)
  const expect = (size: number): void => {
    if (count * size !== data.length) {
      const [promised, found] = [count * size, data.length].map((value) => value.toLocaleString('en-US'))
      throw damaged(where, `${promised} bytes promised, ${found} found`)
    }
  }
  if ((type.startsWith('U') || type.startsWith('S')) && count === 1) {
    const length = Number(type.slice(1))
    expect(type.startsWith('U') ? 4 * length : length)
    return readText(data, type.startsWith('U'), order !== '>')
  }
  if (!Object.hasOwn(readers, type)) {
    throw refuse('NPY_DTYPE', where, `Arrays of type ${descr} cannot be read`, 'Save numbers: array.astype("float32").')
  }
  const size = Number(type[1])
  expect(size)
  const values = readNumbers(data, type, size, order !== '>', count)
  return {
    shape,
    data: fortran && shape.length > 1 ? fromFortran(values, shape) : values,
    integer: !type.startsWith('f'),
  }
}

function readNumbers(
  data: Uint8Array,
  type: string,
  size: number,
  little: boolean,
  count: number,
): NumericArray['data'] {
  const same = native[type]
  if (same !== undefined && (little || size === 1)) {
    // Not slice(): a Buffer's shares its memory.
    const aligned = data.byteOffset % size === 0 ? data : new Uint8Array(data)
    return new same(aligned.buffer as ArrayBuffer, aligned.byteOffset, count)
  }
  const { make, read } = readers[type]!
  const view = new DataView(data.buffer, data.byteOffset, data.length)
  const values = new constructors[make](count)
  for (let i = 0; i < count; i++) values[i] = read(view, i * size, little)
  return values
}

/** Column-major to row-major. */
function fromFortran(values: NumericArray['data'], shape: readonly number[]): NumericArray['data'] {
  const turned = values.slice()
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1))
  const position = new Array<number>(shape.length).fill(0)
  for (let i = 0; i < values.length; i++) {
    turned[i] = values[position.reduce((sum, index, axis) => sum + index * strides[axis]!, 0)]!
    for (let axis = shape.length - 1; axis >= 0 && ++position[axis]! === shape[axis]; axis--) position[axis] = 0
  }
  return turned
}

/** UTF-32 or bytes (UTF-8), padded with zeros. */
function readText(data: Uint8Array, wide: boolean, little: boolean): string {
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
    const points = Array.from(array, (character) => character.codePointAt(0)!)
    return [npyHeader(`<U${points.length}`, []), new Uint8Array(Uint32Array.from(points).buffer)]
  }
  const { shape, data } = array
  const type = typeNames.get(data.constructor)
  if (type === undefined) throw new TypeError(`no NumPy type for ${data.constructor.name}`)
  return [npyHeader(type, shape), new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]
}

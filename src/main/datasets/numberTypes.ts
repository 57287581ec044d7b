/** A NumPy array of numbers, rows last (C order). Integers wider than 32 bits and unsigned 32 bits become float64. */
export interface FileArray {
  shape: number[]
  data: Uint8Array | Int32Array | Float32Array | Float64Array
}

/** NumPy's letter and size of a type: boolean, signed and unsigned whole numbers, floats. */
export type NumberKind = 'b1' | 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'i8' | 'u8' | 'f2' | 'f4' | 'f8'

export interface NumberType {
  kind: NumberKind
  /** Bytes of a number. */
  size: number
  little: boolean
}

const kinds: Record<
  NumberKind,
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

export const isNumberKind = (kind: string): kind is NumberKind => Object.hasOwn(kinds, kind)

/** Numbers as they lie in a file. @param bytes a multiple of the type's size */
export function decodeNumbers(bytes: Uint8Array, { kind, size, little }: NumberType): FileArray['data'] {
  const count = bytes.length / size
  const same = native[kind]
  if (same !== undefined && (little || size === 1)) {
    // Not slice(): a Buffer's shares its memory.
    const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes)
    return new same(aligned.buffer as ArrayBuffer, aligned.byteOffset, count)
  }
  const { make, read } = kinds[kind]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const values = new constructors[make](count)
  for (let i = 0; i < count; i++) values[i] = read(view, i * size, little)
  return values
}

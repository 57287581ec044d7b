import { viewOf } from '../structure/structure'
import { TiffRefusal, type TiffPage } from './page'

type ReadSample = (view: DataView, row: number, index: number) => number

/**
 * Reads one number: `row` is where its row begins in bytes, `index` its place in the row.
 * @throws TiffRefusal
 */
function sampleReader(bits: number, format: number, little: boolean): ReadSample {
  const [unsigned, signed, float] = [format === 1, format === 2, format === 3]
  if (unsigned && bits < 16 && bits !== 8) return bitReader(bits)
  if (unsigned && bits === 8) return (view, row, index) => view.getUint8(row + index)
  if (unsigned && bits === 16) return (view, row, index) => view.getUint16(row + 2 * index, little)
  if (unsigned && bits === 32) return (view, row, index) => view.getUint32(row + 4 * index, little)
  if (signed && bits === 8) return (view, row, index) => view.getInt8(row + index)
  if (signed && bits === 16) return (view, row, index) => view.getInt16(row + 2 * index, little)
  if (signed && bits === 32) return (view, row, index) => view.getInt32(row + 4 * index, little)
  if (float && bits === 16) return (view, row, index) => half(view.getUint16(row + 2 * index, little))
  if (float && bits === 32) return (view, row, index) => view.getFloat32(row + 4 * index, little)
  if (float && bits === 64) return (view, row, index) => view.getFloat64(row + 8 * index, little)
  const kind = unsigned ? 'unsigned' : signed ? 'signed' : float ? 'floating' : 'complex'
  throw new TiffRefusal(`Its numbers (${kind}, ${bits} bits) are not read`)
}

/** Numbers that cross bytes: the highest bit first, whatever the byte order. */
const bitReader =
  (bits: number): ReadSample =>
  (view, row, index) => {
    let value = 0
    for (let bit = index * bits; bit < (index + 1) * bits; bit++) {
      value = (value << 1) | ((view.getUint8(row + (bit >> 3)) >> (7 - (bit & 7))) & 1)
    }
    return value
  }

/** IEEE 754, binary16. */
function half(word: number): number {
  const [sign, exponent, fraction] = [word >> 15 ? -1 : 1, (word >> 10) & 31, word & 1023]
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

/** Bytes of a row of so many numbers: rows begin at whole bytes. */
export const rowBytes = (numbers: number, bits: number): number => Math.ceil((numbers * bits) / 8)

/**
 * A block's rows of numbers, differences summed up.
 * @param step numbers between a value and the one that it was subtracted from
 * @throws TiffRefusal
 */
export function* sampleRows(
  bytes: Uint8Array,
  { bits, format, little, predictor }: Pick<TiffPage, 'bits' | 'format' | 'little' | 'predictor'>,
  numbers: number,
  step: number,
): Generator<Float64Array> {
  if (predictor > 3) throw new TiffRefusal(`Its predictor (no. ${predictor}) is not read`)
  if (predictor === 3 && format !== 3) throw new TiffRefusal('Its predictor is for floats, and it has none')
  const read = sampleReader(bits, format, predictor === 3 ? false : little)
  const length = rowBytes(numbers, bits)
  const row = new Float64Array(numbers)
  const limit = 2 ** bits
  for (let at = 0; at + length <= bytes.length; at += length) {
    const view = predictor === 3 ? floatRow(bytes.subarray(at, at + length), numbers, step) : viewOf(bytes)
    for (let index = 0; index < numbers; index++) row[index] = read(view, predictor === 3 ? 0 : at, index)
    if (predictor === 2) {
      if (format === 3) throw new TiffRefusal('Its predictor is for whole numbers, and it has none')
      for (let index = step; index < numbers; index++)
        row[index] = wrapped(row[index] + row[index - step], limit, format)
    }
    yield row
  }
}

const wrapped = (value: number, limit: number, format: number): number => {
  const unsigned = ((value % limit) + limit) % limit
  return format === 2 && unsigned >= limit / 2 ? unsigned - limit : unsigned
}

/** Adobe's predictor of floats: differences of bytes, all highest bytes first (TIFF technical note 3). */
function floatRow(bytes: Uint8Array, numbers: number, step: number): DataView {
  const summed = Uint8Array.from(bytes)
  for (let at = step; at < summed.length; at++) summed[at] += summed[at - step]
  const size = summed.length / numbers
  const row = new Uint8Array(summed.length)
  for (let index = 0; index < numbers; index++) {
    for (let byte = 0; byte < size; byte++) row[index * size + byte] = summed[byte * numbers + index]
  }
  return viewOf(row)
}

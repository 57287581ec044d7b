import { setImmediate } from 'node:timers/promises'
import { WorkbenchError } from '../../../shared/errors'
import type { NpyHeader } from '../npy'
import { decodeNumbers, type FileArray, type NumberType } from '../numberTypes'
import type { ByteReader } from './byteReader'

/** Most bytes of an array that is held in memory to be turned. */
const mostBytes = 512 * 1024 ** 2
/** Rows that are handed over at once are about as long. */
const blockBytes = 1024 * 1024

/**
 * Rows of an array in Fortran order (the first axis varies fastest): a row's values lie all over the file, so it is held
 * in memory.
 * @throws NPY_FORTRAN_LARGE
 */
export async function* fortranRows(
  { shape, bytes: size }: NpyHeader,
  type: NumberType,
  bytes: ByteReader,
  where: string,
): AsyncGenerator<FileArray['data']> {
  if (size > mostBytes) {
    throw new WorkbenchError('NPY_FORTRAN_LARGE', `${size.toLocaleString('en-US')} bytes in Fortran order`, {
      where,
      remedy: 'Save it row by row: numpy.ascontiguousarray(array).',
    })
  }
  const whole = new Uint8Array(size)
  let found = 0
  for await (const block of bytes.rows(type.size, size)) {
    whole.set(block, found)
    found += block.length
  }
  if (found < size) return
  const [n = 0, ...tail] = shape
  const sources = rowOffsets(tail, n)
  const atOnce = Math.max(1, Math.floor(blockBytes / (sources.length * type.size)))
  for (let row = 0; row < n; row += atOnce) {
    const rows = Math.min(atOnce, n - row)
    const block = new Uint8Array(rows * sources.length * type.size)
    for (let index = 0, to = 0; index < rows; index++) {
      for (const source of sources) {
        const from = (source + row + index) * type.size
        for (let i = 0; i < type.size; i++) block[to++] = whole[from + i]!
      }
    }
    yield decodeNumbers(block, type)
    await setImmediate()
  }
}

/** Where each value of row 0 lies, in C order of the other axes. @param tail sizes of all axes but the first, n */
function rowOffsets(tail: readonly number[], n: number): Float64Array {
  let offsets = Float64Array.of(0)
  let stride = n
  const strides = tail.map((size) => {
    const own = stride
    stride *= size
    return own
  })
  for (const [axis, size] of tail.entries()) {
    const next = new Float64Array(offsets.length * size)
    for (let i = 0; i < offsets.length; i++) {
      for (let index = 0; index < size; index++) next[i * size + index] = offsets[i]! + index * strides[axis]!
    }
    offsets = next
  }
  return offsets
}

import { WorkbenchError } from '../../shared/errors'
import type { Pixels } from './datasetFile'
import type { NumericArray } from './npy'
import { eachInSlices, type Work } from './work'

/**
 * What the numbers of a file mean: bytes (whole numbers of 0..255: value/255), binary (0 and 1 alone, whatever their
 * type: 0 and 1), floats (everything else: themselves).
 */
export type PixelMeaning = 'bytes' | 'binary' | 'floats'

const values = (array: NumericArray): number => (array.shape[0] === 0 ? 0 : array.data.length / array.shape[0]!)

/**
 * The meaning that fits all arrays of one dataset, every number looked at.
 * @throws NOT_FINITE with row and column
 */
export async function pixelMeaning(
  arrays: readonly (readonly [where: string, array: NumericArray])[],
  work: Work,
): Promise<PixelMeaning> {
  let low = 0
  let high = 0
  for (const [where, array] of arrays) {
    const width = values(array)
    const { data } = array
    await eachInSlices(
      array.shape[0]!,
      (row) => {
        for (let i = row * width; i < (row + 1) * width; i++) {
          const value = data[i]!
          if (value < low) low = value
          else if (value > high) high = value
          else if (!(value >= low)) throw notFinite(where, value, row, i - row * width)
        }
      },
      { signal: work.signal },
    )
    const extreme = Math.max(high, -low)
    if (!Number.isFinite(Math.fround(extreme))) {
      const at = data.findIndex((value) => !Number.isFinite(Math.fround(value)))
      throw notFinite(where, data[at]!, Math.floor(at / width), at % width)
    }
  }
  const whole = arrays.every(([, { integer }]) => integer)
  if (!whole || low < 0 || high > 255) return 'floats'
  return high <= 1 ? 'binary' : 'bytes'
}

/** Some rows of an array as they are stored: bytes for `bytes` and `binary`, else floats. */
export async function pixelRows(
  array: NumericArray,
  meaning: PixelMeaning,
  rows: Int32Array,
  work: Work,
  part?: readonly [number, number],
): Promise<Pixels> {
  const width = values(array)
  const { data } = array
  const picked = meaning === 'floats' ? new Float32Array(rows.length * width) : new Uint8Array(rows.length * width)
  const scale = meaning === 'binary' ? 255 : 1
  await eachInSlices(
    rows.length,
    (index) => {
      const from = rows[index]! * width
      const to = index * width
      for (let i = 0; i < width; i++) picked[to + i] = data[from + i]! * scale
    },
    work,
    part,
  )
  return picked
}

const notFinite = (where: string, value: number, row: number, column: number): WorkbenchError =>
  new WorkbenchError('NOT_FINITE', `${value} in row ${row}, column ${column}`, {
    where,
    remedy: 'Correct it; nothing was imported.',
  })

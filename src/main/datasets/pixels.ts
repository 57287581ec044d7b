import type { WorkbenchError } from '../../shared/errors'
import type { Pixels } from './datasetFile'
import type { FileArray } from './numberTypes'

/**
 * What the numbers of a file mean: bytes (whole numbers of 0..255: value/255), binary (0 and 1 alone, whatever their
 * type: 0 and 1), floats (everything else: themselves).
 */
export type PixelMeaning = 'bytes' | 'binary' | 'floats'

/** What is known of an array's numbers, all of them looked at. */
export interface PixelFacts {
  /** Decoded images: bytes mean value/255 whatever the others are, floats are in [0,1]. */
  brightness: boolean
  low: number
  high: number
  /** All of them are of a whole-number type, or were written as whole numbers. */
  whole: boolean
}

/** The meaning that fits all arrays of one dataset. */
export function pixelMeaning(arrays: readonly PixelFacts[]): PixelMeaning {
  const fits = (test: (facts: PixelFacts) => boolean) => arrays.every(test)
  if (!fits(({ whole, low, high }) => whole && low >= 0 && high <= 255)) return 'floats'
  return fits(({ brightness, high }) => !brightness && high <= 1) ? 'binary' : 'bytes'
}

/** Numbers as they are kept until their meaning is known, and what was seen of them. */
export interface PackedPixels {
  pixels: Pixels
  low: number
  high: number
}

/**
 * Whole numbers of 0..255 as bytes, all others as floats.
 * @param notFinite makes the error for a number at this position
 * @throws what `notFinite` makes, for NaN, infinity, and what float32 cannot hold
 */
export function packPixels(
  { data, integer }: Pick<FileArray, 'data' | 'integer'>,
  notFinite: (value: number, position: number) => WorkbenchError,
): PackedPixels {
  let low = 0
  let high = 0
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    if (value < low) low = value
    else if (value > high) high = value
    else if (!(value >= low)) throw notFinite(value, i)
  }
  if (!Number.isFinite(Math.fround(high)) || !Number.isFinite(Math.fround(low))) {
    const at = data.findIndex((value) => !Number.isFinite(Math.fround(value)))
    throw notFinite(data[at]!, at)
  }
  if (data instanceof Uint8Array) return { pixels: data, low, high }
  if (integer && low >= 0 && high <= 255) return { pixels: Uint8Array.from(data), low, high }
  return { pixels: data instanceof Float32Array ? data : Float32Array.from(data), low, high }
}

/** Kept numbers as a dataset file has them: bytes for `bytes` and `binary`, else floats. */
export function storedPixels(pixels: Pixels, meaning: PixelMeaning, { brightness }: PixelFacts): Pixels {
  if (meaning === 'bytes' || pixels instanceof Float32Array) return pixels
  if (meaning === 'binary') return pixels.map((value) => value * 255)
  const unit = brightness ? 255 : 1
  return Float32Array.from(pixels, (value) => value / unit)
}

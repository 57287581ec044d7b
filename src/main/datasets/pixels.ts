import type { WorkbenchError } from '../../shared/errors'
import type { Pixels } from './datasetFile'
import type { FileArray } from './numberTypes'

/** Which numbers of a file become 0 and 1. */
export interface Scale {
  zero: number
  one: number
}

/** What is known of an array's numbers, all of them looked at; extremes are counted apart. */
export interface PixelFacts {
  /** Decoded images: bytes mean value/255 whatever the others are, floats are in [0,1]. */
  brightness: boolean
  /** What decoded images have for white. */
  white: number
  low: number
  high: number
  /** All of them are whole numbers, whatever their type. */
  whole: boolean
  /** Their type is the unsigned byte. */
  byteType: boolean
  /** Numbers whose square float32 cannot hold: how many, and the first. */
  extremes: { n: number; value: number; row: number; column: number } | null
}

/** Square root of the greatest float32: beyond it a squared error is infinite. */
export const greatestSquared = 1.8446743e19

/** Numbers as they are kept until their meaning is known, and what was seen of them. */
export interface PackedPixels {
  pixels: Pixels
  low: number
  high: number
  whole: boolean
  /** Positions of extremes. */
  extremes: number[]
}

/**
 * Whole numbers of 0..255 as bytes, all others as floats.
 * @param notFinite makes the error for a number at this position
 * @throws what `notFinite` makes, for NaN, infinity, and what float32 cannot hold
 */
export function packPixels(
  data: FileArray['data'],
  notFinite: (value: number, position: number) => WorkbenchError,
): PackedPixels {
  let low = Infinity
  let high = -Infinity
  let whole = true
  const extremes: number[] = []
  for (let i = 0; i < data.length; i++) {
    const value = data[i]
    if (!Number.isFinite(Math.fround(value))) throw notFinite(value, i)
    if (value > greatestSquared || value < -greatestSquared) {
      extremes.push(i)
      continue
    }
    if (value < low) low = value
    if (value > high) high = value
    if (whole && !Number.isInteger(value)) whole = false
  }
  const isBytes = whole && low >= 0 && high <= 255 && extremes.length === 0
  if (data instanceof Uint8Array) return { pixels: data, low, high, whole, extremes }
  if (isBytes) return { pixels: Uint8Array.from(data), low, high, whole, extremes }
  return { pixels: data instanceof Float32Array ? data : Float32Array.from(data), low, high, whole, extremes }
}

/** How a dataset file has them: bytes where a byte says it exactly. */
export const storedType = (
  { brightness, whole, low, high, extremes }: PixelFacts,
  { zero, one }: Scale,
): 'U8' | 'F32' => {
  if (!whole || extremes !== null || zero !== 0 || low < 0) return 'F32'
  if (brightness || one === 255) return high <= 255 ? 'U8' : 'F32'
  return one === 1 && high <= 1 ? 'U8' : 'F32'
}

/** Kept numbers as a dataset file has them. */
export function storedPixels(pixels: Pixels, type: 'U8' | 'F32', { zero, one }: Scale, facts: PixelFacts): Pixels {
  const isBytes = pixels instanceof Uint8Array
  if (type === 'U8') return isBytes && one === 1 ? pixels.map((value) => value * 255) : pixels
  if (facts.brightness) return isBytes ? Float32Array.from(pixels, (value) => value / 255) : pixels
  if (zero === 0 && one === 1) return isBytes ? Float32Array.from(pixels) : pixels
  return Float32Array.from(pixels, (value) => (value - zero) / (one - zero))
}

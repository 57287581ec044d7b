import type { ModelView, Thumbnail } from '../../shared/views'
import { areaAverage } from './areaAverage'

/** Largest side of a thumbnail. */
const longest = 32

/** A view made small enough to be shown in a list; one that is small already keeps its size. */
export function thumbnail({ shape: [height, width], pixels }: Pick<ModelView, 'shape' | 'pixels'>): Thumbnail {
  const scale = Math.min(1, longest / Math.max(height, width))
  const shape: [number, number] = [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))]
  const small = areaAverage((y, into) => into.set(pixels.subarray(y * width, (y + 1) * width)), [height, width], shape)
  return { shape, pixels: Uint8Array.from(small, (value) => Math.round(255 * Math.min(1, Math.max(0, value)))) }
}

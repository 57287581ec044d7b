import { Transformer } from '@napi-rs/image'
import type { ImageShape } from '../../shared/datasets'

/** Each image is enlarged by a whole number to at least this many pixels. */
const leastSide = 112
/** Between images, in enlarged pixels. */
const gap = 4

export interface FilmStrip {
  png: Uint8Array
  /** Values that are black and white, the same for all images. */
  limits: [number, number]
}

/**
 * Images side by side, one row a strip, as a grey PNG without smoothing.
 * @param strips images [h, w] of each row
 */
export function filmStrip(strips: readonly (readonly ArrayLike<number>[])[], [height, width]: ImageShape): FilmStrip {
  let [low, high] = [Infinity, -Infinity]
  for (const image of strips.flat()) {
    for (let i = 0; i < image.length; i++) {
      low = Math.min(low, image[i])
      high = Math.max(high, image[i])
    }
  }
  const scale = Math.max(1, Math.ceil(leastSide / Math.max(height, width)))
  const columns = Math.max(...strips.map((strip) => strip.length))
  const [wide, tall] = [columns * (width * scale + gap) - gap, strips.length * (height * scale + gap) - gap]
  const pixels = new Uint8Array(wide * tall * 4).fill(255)
  const grey = (value: number) => Math.round((255 * (value - low)) / (high - low || 1))
  strips.forEach((strip, row) =>
    strip.forEach((image, column) => {
      const [top, left] = [row * (height * scale + gap), column * (width * scale + gap)]
      for (let y = 0; y < height * scale; y++) {
        for (let x = 0; x < width * scale; x++) {
          const value = grey(image[Math.floor(y / scale) * width + Math.floor(x / scale)])
          pixels.fill(value, ((top + y) * wide + left + x) * 4, ((top + y) * wide + left + x) * 4 + 3)
        }
      }
    }),
  )
  return { png: Transformer.fromRgbaPixels(pixels, wide, tall).pngSync(), limits: [low, high] }
}

import type { DecodedImage } from './decode'

export const hasAlpha = ({ layout }: DecodedImage): boolean => layout.channels % 2 === 0

const largest = ({ layout }: DecodedImage): number => 2 ** layout.bits - 1

export function isTransparent(image: DecodedImage): boolean {
  const { channels } = image.layout
  const opaque = largest(image)
  for (let i = channels - 1; i < image.pixels.length; i += channels) if (image.pixels[i] !== opaque) return true
  return false
}

/**
 * A function that gives one pixel's grey value in [0,1]: luma of ITU-R Rec. 601 of the coded values, on black where it
 * is transparent.
 */
export function greyValue(image: DecodedImage): (y: number, x: number) => number {
  const { pixels, width, layout } = image
  const { channels } = layout
  const top = largest(image)
  const alpha = hasAlpha(image)
  return (y, x) => {
    const at = (y * width + x) * channels
    const opacity = alpha ? pixels[at + channels - 1]! / top : 1
    const [first, green, blue] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
    // Equal channels are grey already: no rounding of the three weights.
    const isGrey = channels < 3 || (first === green && first === blue)
    const luma = isGrey ? first : 0.299 * first + 0.587 * green + 0.114 * blue
    return (luma / top) * opacity
  }
}

/**
 * All pixels of an image as grey values. Where every one of them is a byte, as in 8-bit grey images, bytes that mean
 * value/255; else floats in [0,1].
 * @returns [height * width]
 */
export function greyPixels(image: DecodedImage): Uint8Array | Float32Array {
  const { width, height, layout, pixels } = image
  if (layout.channels === 1 && pixels instanceof Uint8Array) return pixels
  const grey = greyValue(image)
  const values = new Float32Array(width * height)
  const bytes = new Uint8Array(width * height)
  let exact = layout.bits === 8
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const value = grey(y, x)
      values[at] = value
      bytes[at] = Math.round(value * 255)
      exact &&= bytes[at]! / 255 === value
    }
  }
  return exact ? bytes : values
}

import type { ViewOptions } from '../../shared/views'
import type { DecodedImage } from './decoded'

export const hasAlpha = ({ layout }: DecodedImage): boolean => layout.channels % 2 === 0

const largest = ({ layout }: DecodedImage): number => (layout.bits === 32 ? 1 : 2 ** layout.bits - 1)

export function isTransparent(image: DecodedImage): boolean {
  const { channels } = image.layout
  const opaque = largest(image)
  for (let i = channels - 1; i < image.pixels.length; i += channels) if (image.pixels[i] !== opaque) return true
  return false
}

/** Place of a single channel among a colour image's. */
const channelPlaces = { red: 0, green: 1, blue: 2 }

/**
 * A function that gives one pixel's grey value in [0,1]: luma of ITU-R Rec. 601 of the coded values, or one channel, on
 * black or white where it is transparent. Float images are taken as they are.
 */
export function greyValue(
  image: DecodedImage,
  { channel, background }: Pick<ViewOptions, 'channel' | 'background'> = { channel: 'luma', background: 'black' },
): (y: number, x: number) => number {
  const { pixels, width, layout } = image
  const { channels } = layout
  const top = largest(image)
  const alpha = hasAlpha(image)
  // Colours that are multiplied by their alpha are not multiplied again.
  const weighted = layout.premultiplied !== true
  const behind = background === 'white' ? 1 : 0
  const offset = channel === 'luma' || channels < 3 ? null : channelPlaces[channel]
  return (y, x) => {
    const at = (y * width + x) * channels
    const opacity = alpha ? pixels[at + channels - 1] / top : 1
    const [first, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]]
    // Equal channels are grey already: no rounding of the three weights.
    const isGrey = channels < 3 || (first === green && first === blue)
    const luma = isGrey ? first : 0.299 * first + 0.587 * green + 0.114 * blue
    const value = offset === null ? luma : pixels[at + offset]
    return (value / top) * (weighted ? opacity : 1) + behind * (1 - opacity)
  }
}

/**
 * A function that fills one row of grey values, and tells whether all of them are whole shares of 255: what 8-bit grey
 * images have, whatever their layout.
 */
export function greyRow(image: DecodedImage): (y: number, into: Float32Array) => boolean {
  const grey = greyValue(image)
  return (y, into) => {
    let bytes = image.layout.bits === 8
    for (let x = 0; x < into.length; x++) {
      const value = grey(y, x)
      into[x] = value
      bytes &&= Math.round(value * 255) / 255 === value
    }
    return bytes
  }
}

/** How pixels lie in memory. */
export interface PixelLayout {
  name: string
  channels: 1 | 2 | 3 | 4
  /** White is 2^bits - 1; 32: floats, of which 1 is white. */
  bits: number
  /** Colours are multiplied by their alpha already. */
  premultiplied?: boolean
}

export interface DecodedImage {
  width: number
  height: number
  format: string
  layout: PixelLayout
  /** Turned upright by its EXIF orientation. */
  turned: boolean
  /** Images of the file: frames of an animation, pages of a TIFF file. */
  frames: number
  /** [height, width, channels], 0..2^bits-1, or floats that mean themselves. */
  pixels: Uint8Array | Uint16Array | Float32Array
}

const channelNames = { 1: 'grey', 2: 'grey with alpha', 3: 'RGB', 4: 'RGB with alpha' } as const

/** A layout with its usual name: "grey", "16-bit RGB", "32-bit float grey". */
export function layoutOf(channels: PixelLayout['channels'], bits: number, premultiplied = false): PixelLayout {
  const prefix = bits === 8 ? '' : bits === 32 ? '32-bit float ' : `${bits}-bit `
  const name = `${prefix}${channelNames[channels]}`
  return premultiplied ? { name: `${name} (premultiplied)`, channels, bits, premultiplied } : { name, channels, bits }
}

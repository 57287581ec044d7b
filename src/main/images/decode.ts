import { Transformer } from '@napi-rs/image'
import { WorkbenchError } from '../../shared/errors'
import { isPfm, readPfm } from '../../shared/pfm'
import { imageFormat, imageStructure } from './structure/formats'

/** Most pixels of an image that is taken. */
const mostPixels = 100_000_000
/** Images of so few pixels are decoded within a millisecond: handing them to another thread takes longer. */
const fewPixels = 128 * 128

interface PixelLayout {
  name: string
  channels: 1 | 2 | 3 | 4
  bits: 8 | 16 | 32
}

const floatGrey: PixelLayout = { name: 'grey', channels: 1, bits: 32 }

/** Pixel layouts of the decoder, by its number: grey, grey with alpha, RGB, RGB with alpha; 8 bit, then 16 bit. */
const layouts: readonly PixelLayout[] = [
  { name: 'grey', channels: 1, bits: 8 },
  { name: 'grey with alpha', channels: 2, bits: 8 },
  { name: 'RGB', channels: 3, bits: 8 },
  { name: 'RGB with alpha', channels: 4, bits: 8 },
  { name: '16-bit grey', channels: 1, bits: 16 },
  { name: '16-bit grey with alpha', channels: 2, bits: 16 },
  { name: '16-bit RGB', channels: 3, bits: 16 },
  { name: '16-bit RGB with alpha', channels: 4, bits: 16 },
]

export interface DecodedImage {
  width: number
  height: number
  format: string
  layout: PixelLayout
  /** Turned upright by its EXIF orientation. */
  turned: boolean
  /** [height, width, channels], 0..255, 0..65535, or floats that mean themselves. */
  pixels: Uint8Array | Uint16Array | Float32Array
}

/**
 * Decodes PNG, JPEG, WebP, TIFF, BMP and PNM, upright, and float maps. What the header promises is checked first; the decoder itself
 * takes no more than 512 MB.
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function decodeImage(name: string, bytes: Uint8Array): Promise<DecodedImage> {
  if (bytes.length === 0) throw unreadable(name, 'The file is empty')
  if (isPfm(bytes)) return { ...readPfm(name, bytes), format: 'pfm', layout: floatGrey, turned: false }
  const small = checkHeader(name, bytes)
  try {
    const transformer = new Transformer(bytes)
    const facts = small ? transformer.metadataSync(true) : await transformer.metadata(true)
    const { width, height, format, colorType, orientation = 1 } = facts
    if (width * height > mostPixels) throw tooLarge(name, width, height)
    const layout = layouts[colorType]
    if (layout === undefined) throw unreadable(name, 'Pixels of 32-bit floats cannot be read')
    const turned = orientation > 1 && orientation <= 8
    const upright = turned ? transformer.rotate() : transformer
    const raw = small ? upright.rawPixelsSync() : await upright.rawPixels()
    const swapped = orientation >= 5 && orientation <= 8
    return {
      width: swapped ? height : width,
      height: swapped ? width : height,
      format,
      layout,
      turned,
      pixels: layout.bits === 8 ? new Uint8Array(raw.buffer, raw.byteOffset, raw.length) : wide(raw),
    }
  } catch (error) {
    if (error instanceof WorkbenchError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes('Memory limit exceeded')) throw refuseSize(name, 'more than 512 MB of pixels')
    throw unreadable(name, `No image that can be read (${reason})`)
  }
}

/** @returns whether the image is small */
function checkHeader(name: string, bytes: Uint8Array): boolean {
  const format = imageFormat(bytes)
  if (format === null) return false
  const structure = imageStructure(format, bytes)
  if (structure === null) throw unreadable(name, `No image that can be read: the ${format} file ends too early`)
  const { width, height } = structure
  if (width * height > mostPixels) throw tooLarge(name, width, height)
  return width * height <= fewPixels
}

/** The decoder's own memory where it is aligned: 16-bit images are large. */
function wide(raw: Uint8Array): Uint16Array {
  const aligned = raw.byteOffset % 2 === 0 ? raw : Uint8Array.from(raw)
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2)
}

const unreadable = (name: string, message: string): WorkbenchError =>
  new WorkbenchError('IMAGE_UNREADABLE', message, {
    where: name,
    remedy: 'Choose a PNG, JPEG, WebP or TIFF file.',
  })

const tooLarge = (name: string, width: number, height: number): WorkbenchError =>
  refuseSize(name, `${width}x${height} pixels`)

const refuseSize = (name: string, what: string): WorkbenchError =>
  new WorkbenchError('IMAGE_TOO_LARGE', `The image has ${what}; 100 megapixels can be read`, {
    where: name,
    remedy: 'Make it smaller.',
  })

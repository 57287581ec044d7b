import { Transformer } from '@napi-rs/image'
import { WorkbenchError } from '../../shared/errors'
import { readableImages } from '../../shared/imageNames'
import { isPfm, readPfm } from '../../shared/pfm'
import { layoutOf, type DecodedImage, type PixelLayout } from './decoded'
import { foreignFormat } from './foreign'
import { decodeGif } from './gif'
import { imageFormat, imageStructure, type ImageFormat } from './structure/formats'
import type { ImageStructure } from './structure/structure'
import { decodeTiff } from './tiff/decodeTiff'
import { TiffRefusal } from './tiff/page'
import { upright } from './upright'

/** Most pixels of an image that is taken. */
const mostPixels = 100_000_000
/** Images of so few pixels are decoded within a millisecond: handing them to another thread takes longer. */
const fewPixels = 128 * 128

/** Pixel layouts of the decoder, by its number: grey, grey with alpha, RGB, RGB with alpha; 8 bit, then 16 bit. */
const layouts: readonly PixelLayout[] = [8, 16].flatMap((bits) =>
  ([1, 2, 3, 4] as const).map((channels) => layoutOf(channels, bits)),
)

/**
 * The first image of a file: PNG, JPEG, WebP, TIFF, GIF, BMP and PNM, upright, and float maps. What the header promises
 * is checked first; no decoder takes more than 512 MB.
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function decodeImage(name: string, bytes: Uint8Array): Promise<DecodedImage> {
  for await (const image of decodeFrames(name, bytes)) return image
  throw unreadable(name, 'It holds no image')
}

/**
 * All images of a file, one after the other: frames of a GIF animation as they are seen, pages of a TIFF file; else one.
 * @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE
 */
export async function* decodeFrames(name: string, bytes: Uint8Array): AsyncGenerator<DecodedImage> {
  if (bytes.length === 0) throw unreadable(name, 'The file is empty')
  if (isPfm(bytes)) return yield floatMap(name, bytes)
  const format = imageFormat(bytes)
  if (format === null) throw unreadable(name, `No image that can be read${foreignFormat(bytes)}`)
  const structure = checkHeader(name, format, bytes)
  try {
    if (format === 'gif') yield* gifFrames(name, bytes)
    else if (format === 'tiff') yield* decodeTiff(bytes)
    else yield upright(await decodeOne(name, format, bytes, structure), structure.orientation)
  } catch (error) {
    throw inWords(name, format, error)
  }
}

/** @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE */
function checkHeader(name: string, format: ImageFormat, bytes: Uint8Array): ImageStructure {
  const structure = imageStructure(format, bytes)
  if (structure === null) throw unreadable(name, `No image that can be read: the ${format} file ends too early`)
  const { width, height } = structure
  if (width * height > mostPixels) throw tooLarge(name, `${width}x${height} pixels`)
  return structure
}

function* gifFrames(name: string, bytes: Uint8Array): Generator<DecodedImage> {
  for (const frame of decodeGif(bytes)) {
    if (frame === null) throw unreadable(name, 'No image that can be read: the gif file is damaged')
    yield frame
  }
}

async function decodeOne(
  name: string,
  format: ImageFormat,
  bytes: Uint8Array,
  { width, height, frames }: ImageStructure,
): Promise<DecodedImage> {
  const facts = { format, turned: false, frames }
  const small = width * height <= fewPixels
  const transformer = new Transformer(bytes)
  const { colorType, ...found } = small ? transformer.metadataSync() : await transformer.metadata()
  // The decoder's own reading of the header decides how many pixels there are.
  if (found.width * found.height > mostPixels) throw tooLarge(name, `${found.width}x${found.height} pixels`)
  const layout = layouts[colorType]
  if (layout === undefined) throw unreadable(name, 'Pixels of 32-bit floats cannot be read')
  const raw = small ? transformer.rawPixelsSync() : await transformer.rawPixels()
  const pixels = layout.bits === 8 ? new Uint8Array(raw.buffer, raw.byteOffset, raw.length) : wide(raw)
  return { width: found.width, height: found.height, ...facts, layout, pixels }
}

const floatMap = (name: string, bytes: Uint8Array): DecodedImage => ({
  ...readPfm(name, bytes),
  format: 'pfm',
  layout: { name: 'grey', channels: 1, bits: 32 },
  turned: false,
  frames: 1,
})

/** The decoder's own memory where it is aligned: 16-bit images are large. */
function wide(raw: Uint8Array): Uint16Array {
  const aligned = raw.byteOffset % 2 === 0 ? raw : Uint8Array.from(raw)
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2)
}

/** What a decoder threw, as a user reads it: never its own words. */
function inWords(name: string, format: ImageFormat, error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error
  if (error instanceof TiffRefusal)
    return unreadable(name, `No image that can be read: ${lowered(error.message)}`, error)
  const reason = error instanceof Error ? error.message : String(error)
  if (reason.includes('Memory limit exceeded')) return tooLarge(name, 'more than 512 MB of pixels')
  const cut = error instanceof RangeError || /fill whole buffer|unexpected e(nd|of)|exhausted|incomplete/i.test(reason)
  const what = cut ? 'ends too early' : 'is damaged, or of a kind that is not read'
  return unreadable(name, `No image that can be read: the ${format} file ${what}`, error)
}

const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

const unreadable = (name: string, message: string, cause?: unknown): WorkbenchError =>
  new WorkbenchError('IMAGE_UNREADABLE', message, {
    where: name,
    remedy: `Choose a file in ${readableImages}, or save it as PNG.`,
    cause,
  })

const tooLarge = (name: string, what: string): WorkbenchError =>
  new WorkbenchError('IMAGE_TOO_LARGE', `The image has ${what}; 100 megapixels can be read`, {
    where: name,
    remedy: 'Make it smaller.',
  })

import { createHash } from 'node:crypto'
import type { SourceFile } from '../../../../shared/datasets'
import { WorkbenchError } from '../../../../shared/errors'
import { decodeImage, type DecodedImage } from '../../../images/decode'
import { greyRow } from '../../../images/grey'
import { imageFormat, imageStructure } from '../../../images/structure/formats'
import { checkPixels } from '../../limits'
import { eachInSlices, type Work } from '../../work'
import { copyAgain, withInputFile } from '../inputFile'
import type { PixelBlock } from '../reader'

/** Largest image file that is read. */
const largestFile = 64 * 1024 ** 2

/** A decoded image as one row, and what is recorded of its file. */
export interface ImageRow {
  block: PixelBlock
  sha256: string
  bytes: number
}

/**
 * Reads an image file: upright, in grey (luma of Rec. 601, on black where it is transparent).
 * @param where names the image in errors
 * @throws FILE_UNREADABLE, FILE_EMPTY, IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TRAILING, IMAGE_FRAMES, SHAPE_TOO_LARGE
 */
export async function readImageRow(source: SourceFile, work: Work, where = source.name): Promise<ImageRow> {
  const bytes = await withInputFile({ ...source, name: where }, (file) => {
    if (file.size <= largestFile) return file.read(0, file.size)
    const size = file.size.toLocaleString('en-US')
    throw refuse('IMAGE_TOO_LARGE', where, `The image file has ${size} bytes; 64 MiB can be read`, 'Make it smaller.')
  })
  checkStructure(bytes, where)
  const image = await decodeImage(where, bytes)
  const shape = [image.height, image.width]
  const data = await greyPixels(image, work)
  return {
    block: { shape, data, brightness: true },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  }
}

/** All pixels of an image: bytes that mean value/255 where these are exact, else floats in [0,1]. */
async function greyPixels(image: DecodedImage, { signal }: Work): Promise<Uint8Array | Float32Array> {
  const { width, height, layout, pixels } = image
  if (layout.channels === 1 && pixels instanceof Uint8Array) return pixels
  const fill = greyRow(image)
  const values = new Float32Array(width * height)
  let bytes = true
  const fillRow = (y: number): void => {
    bytes = fill(y, values.subarray(y * width, (y + 1) * width)) && bytes
  }
  await eachInSlices(height, fillRow, { signal })
  return bytes ? Uint8Array.from(values, (value) => Math.round(value * 255)) : values
}

/** What would be read wrong without a word: bytes after the image, frames after the first. */
function checkStructure(bytes: Uint8Array, where: string): void {
  const format = imageFormat(bytes)
  if (format === null) {
    const remedy = 'PNG, JPEG, TIFF and WebP can be read: take it out, or convert it; nothing was imported.'
    throw refuse('IMAGE_UNREADABLE', where, 'It is no image that can be imported', remedy)
  }
  const structure = imageStructure(format, bytes)
  // What is cut off is told by the decoder.
  if (structure === null) return
  const { width, height, frames, end } = structure
  checkPixels([height, width], where)
  if (frames > 1) throw refuse('IMAGE_FRAMES', where, 'It holds several images', 'Save each as a file of its own.')
  // Cameras add previews and films to JPEG files.
  if (end !== null && end < bytes.length && format !== 'jpeg') {
    const [promised, found] = [end, bytes.length].map((count) => count.toLocaleString('en-US'))
    throw refuse('IMAGE_TRAILING', where, `The image ends after ${promised} bytes, the file has ${found}`, copyAgain)
  }
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

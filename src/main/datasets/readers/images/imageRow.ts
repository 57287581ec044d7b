import { createHash } from 'node:crypto'
import type { InputSource } from '../inputSource'
import { WorkbenchError } from '../../../../shared/errors'
import { imageFormat, imageStructure, type ImageFormat } from '../../../images/structure/formats'
import { readableImages } from '../../../../shared/imageNames'
import { checkPixels } from '../../limits'
import type { Work } from '../../work'
import { copyAgain, withInputFile } from '../inputFile'
import type { PixelBlock } from '../reader'
import { decodeGreyFrames } from './greyFrames'

/** Largest image file that is read. */
const largestFile = 64 * 1024 ** 2

/** A decoded image as one row, and what is recorded of its file. */
export interface ImageRow {
  block: PixelBlock
  sha256: string
  bytes: number
  /** Images of its file, and which of them this is, from 0. */
  frames: number
  frame: number
}

/**
 * Reads all images of a file, a stack's one after the other: upright, in grey (luma of Rec. 601, on black where it is
 * transparent).
 * @param where names the image in errors
 * @throws FILE_UNREADABLE, FILE_EMPTY, IMAGE_UNREADABLE, IMAGE_TOO_LARGE, IMAGE_TRAILING, IMAGE_FRAMES, SHAPE_TOO_LARGE
 */
export async function* readImageRows(source: InputSource, work: Work, where = source.name): AsyncGenerator<ImageRow> {
  const bytes = await withInputFile({ ...source, name: where }, (file) => {
    if (file.size <= largestFile) return file.read(0, file.size)
    const size = file.size.toLocaleString('en-US')
    throw refuse('IMAGE_TOO_LARGE', where, `The image file has ${size} bytes; 64 MiB can be read`, 'Make it smaller.')
  })
  checkStructure(bytes, where)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  let frame = 0
  const decode = work.greyFrames ?? decodeGreyFrames
  for await (const { shape, data, frames, ...meaning } of decode(where, bytes, work)) {
    yield { block: { shape, data, ...meaning }, sha256, bytes: bytes.length, frames, frame: frame++ }
  }
}

/** The same of a file of one image. @throws IMAGE_FRAMES where it holds several */
export async function readImageRow(source: InputSource, work: Work, where = source.name): Promise<ImageRow> {
  for await (const row of readImageRows(source, work, where)) {
    if (row.frames === 1) return row
    throw severalImages(where, row.frames)
  }
  throw refuse('IMAGE_UNREADABLE', where, 'It holds no image', 'Take it out; nothing was imported.')
}

/** Formats whose files may hold several images that are all read. */
const stacks: readonly ImageFormat[] = ['tiff', 'gif']

/** What would be read wrong without a word: bytes after the image, frames that are not decoded. */
function checkStructure(bytes: Uint8Array, where: string): void {
  const format = imageFormat(bytes)
  if (format === null) {
    const remedy = `${readableImages} can be read: take it out, or convert it; nothing was imported.`
    throw refuse('IMAGE_UNREADABLE', where, 'It is no image that can be imported', remedy)
  }
  const structure = imageStructure(format, bytes)
  // What is cut off is told by the decoder.
  if (structure === null) return
  const { width, height, frames, end } = structure
  checkPixels([height, width], where)
  if (frames > 1 && !stacks.includes(format)) throw severalImages(where, frames)
  // Cameras add previews and films to JPEG files.
  if (end !== null && end < bytes.length && format !== 'jpeg' && format !== 'gif') {
    const [promised, found] = [end, bytes.length].map((count) => count.toLocaleString('en-US'))
    throw refuse('IMAGE_TRAILING', where, `The image ends after ${promised} bytes, the file has ${found}`, copyAgain)
  }
}

const severalImages = (where: string, count: number): WorkbenchError =>
  refuse('IMAGE_FRAMES', where, `It holds ${count} images`, 'Save each as a file of its own.')

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

import { setImmediate } from 'node:timers/promises'
import type { DecodedImage } from '../decoded'
import { tiffPages } from '../structure/tiff'
import { upright } from '../upright'
import { coloured } from './colours'
import { decodeJpegBlock } from './jpegBlock'
import { readPage, TiffRefusal, type TiffPage } from './page'
import { rowBytes, sampleRows } from './samples'
import { unpack } from './unpack'

const jpeg = 7
/** Most bytes of an image's numbers: as much as the decoder of the other formats takes. */
const mostBytes = 512 * 1024 ** 2
/** A block may be larger than its page, but not by much. */
const smallBlock = 16 * 1024 ** 2

type Pixels = DecodedImage['pixels']

/** A part of a page: its place, and the part of it that lies within. */
interface Block {
  index: number
  left: number
  top: number
  rows: number
  /** First sample of a pixel that it holds, and how many. */
  sample: number
  samples: number
}

/**
 * Pages of a TIFF file, upright: whole numbers up to 16 bits as they are (fewer than 8 spread over a byte where that is
 * exact), 32 bits in [0,1], signed numbers and floats as they are.
 * @throws TiffRefusal, RangeError where the file ends before its pages
 */
export async function* decodeTiff(bytes: Uint8Array): AsyncGenerator<DecodedImage> {
  const pages = tiffPages(bytes)
  for (const directory of pages) {
    const page = readPage(directory)
    const { width, height } = page
    const { bits, pixels } = await readSamples(bytes, page)
    const image = {
      width,
      height,
      format: 'tiff',
      turned: false,
      frames: pages.length,
      ...coloured(page, pixels, bits),
    }
    yield upright(image, page.orientation)
  }
}

async function readSamples(bytes: Uint8Array, page: TiffPage): Promise<{ bits: number; pixels: Pixels }> {
  const { width, height, samples, blocks, bits } = page
  const numbers = width * height * samples
  const blockBytes = rowBytes(blocks.width * samples, bits) * blocks.height
  if (!(numbers > 0 && blockBytes > 0)) throw new TiffRefusal('It has no pixels')
  const pageBytes = numbers * Math.max(1, bits / 8)
  if (pageBytes > mostBytes || blockBytes > Math.max(pageBytes, smallBlock)) throw new TiffRefusal('It is too large')
  const into = target(page, numbers)
  for (const block of partsOf(page)) {
    const [offset, length] = [blocks.offsets[block.index], blocks.bytes[block.index]]
    if (offset === undefined || length === undefined || offset + length > bytes.length) {
      throw new TiffRefusal('It ends too early')
    }
    readBlock(bytes.subarray(offset, offset + length), page, block, into)
    // The process answers others in between.
    await setImmediate()
  }
  return { bits: into.bits, pixels: into.pixels }
}

/** Where numbers go, and what each is multiplied by. */
function target({ bits, format }: TiffPage, numbers: number): { bits: number; scale: number; pixels: Pixels } {
  if (format !== 1) return { bits: 32, scale: 1, pixels: new Float32Array(numbers) }
  if (bits > 16) return { bits: 32, scale: 1 / (2 ** bits - 1), pixels: new Float32Array(numbers) }
  if ([1, 2, 4, 8].includes(bits)) return { bits: 8, scale: 255 / (2 ** bits - 1), pixels: new Uint8Array(numbers) }
  return { bits, scale: 1, pixels: new Uint16Array(numbers) }
}

function* partsOf({ width, height, samples, planar, blocks }: TiffPage): Generator<Block> {
  const [across, down] = [Math.ceil(width / blocks.width), Math.ceil(height / blocks.height)]
  for (let index = 0; index < across * down * (planar ? samples : 1); index++) {
    const [plane, place] = [Math.floor(index / (across * down)), index % (across * down)]
    const top = Math.floor(place / across) * blocks.height
    const rows = blocks.tiled ? blocks.height : Math.min(blocks.height, height - top)
    const left = (place % across) * blocks.width
    yield { index, left, top, rows, ...(planar ? { sample: plane, samples: 1 } : { sample: 0, samples }) }
  }
}

function readBlock(packed: Uint8Array, page: TiffPage, block: Block, into: ReturnType<typeof target>): void {
  const { width, height, samples, blocks, compression } = page
  const numbers = blocks.width * block.samples
  const rows = compression === jpeg ? jpegRows(packed, page, block) : plainRows(packed, page, block, numbers)
  let y = block.top
  for (const row of rows) {
    const columns = Math.min(blocks.width, width - block.left)
    const start = (y * width + block.left) * samples + block.sample
    for (let column = 0; column < columns; column++) {
      for (let sample = 0; sample < block.samples; sample++) {
        const value = row[column * block.samples + sample] * into.scale
        if (!Number.isFinite(value))
          throw new TiffRefusal(`The pixel of row ${y}, column ${block.left + column} is ${value}`)
        into.pixels[start + column * samples + sample] = value
      }
    }
    if (++y === height) return
  }
}

const plainRows = (packed: Uint8Array, page: TiffPage, block: Block, numbers: number) =>
  sampleRows(unpack(page.compression, packed, rowBytes(numbers, page.bits) * block.rows), page, numbers, block.samples)

function* jpegRows(packed: Uint8Array, page: TiffPage, { rows, samples }: Block): Generator<Uint8Array> {
  if (page.bits !== 8) throw new TiffRefusal(`JPEG of ${page.bits} bits is not read`)
  const { width } = page.blocks
  const size = { width, height: rows, samples, ycbcr: page.photometric === 6 }
  const pixels = decodeJpegBlock(packed, page.jpegTables, size)
  for (let y = 0; y < rows; y++) yield pixels.subarray(y * width * samples, (y + 1) * width * samples)
}

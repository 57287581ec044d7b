import { viewOf, type ImageStructure } from './structure'

const extension = 0x21
const image = 0x2c
const trailer = 0x3b
const graphicControl = 0xf9
/** Bytes of the file's header, of an image's. */
const headerBytes = 13
const imageBytes = 10

/** One image of a GIF file: a part of the canvas. */
export interface GifFrame {
  left: number
  top: number
  width: number
  height: number
  interlaced: boolean
  /** Place of its colours (RGB, 3 bytes each) and their number. */
  palette: { at: number; colours: number }
  /** Index of the colour that is not drawn; null where all are. */
  transparent: number | null
  /** What becomes of its part afterwards: 2 cleared, 3 as it was before, else left. */
  disposal: number
  /** Place of the code size, and of the blocks of codes after it. */
  data: number
}

export interface GifFile {
  width: number
  height: number
  frames: GifFrame[]
  end: number
}

const coloursOf = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 2 << (flags & 7))

/** Blocks of up to 255 bytes, each after its length, to an empty one. @returns where they end */
function skipBlocks(view: DataView, at: number): number {
  for (;;) {
    const length = view.getUint8(at++)
    if (length === 0) return at
    at += length
  }
}

/** GIF89a, blocks from the header to the trailer. Null for what is none. @throws RangeError where it is cut off */
export function readGifFile(bytes: Uint8Array): GifFile | null {
  const view = viewOf(bytes)
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  const globalColours = coloursOf(view.getUint8(10))
  const frames: GifFrame[] = []
  let control: Pick<GifFrame, 'transparent' | 'disposal'> = { transparent: null, disposal: 0 }
  for (let at = headerBytes + 3 * globalColours; ;) {
    const kind = view.getUint8(at)
    if (kind === trailer) return frames.length === 0 ? null : { ...size, frames, end: at + 1 }
    if (kind === extension) {
      if (view.getUint8(at + 1) === graphicControl) {
        const flags = view.getUint8(at + 3)
        control = { transparent: (flags & 1) === 1 ? view.getUint8(at + 6) : null, disposal: (flags >> 2) & 7 }
      }
      at = skipBlocks(view, at + 2)
    } else if (kind === image) {
      const flags = view.getUint8(at + 9)
      const own = coloursOf(flags)
      const data = at + imageBytes + 3 * own
      frames.push({
        ...control,
        left: view.getUint16(at + 1, true),
        top: view.getUint16(at + 3, true),
        width: view.getUint16(at + 5, true),
        height: view.getUint16(at + 7, true),
        interlaced: (flags & 0x40) !== 0,
        palette: own > 0 ? { at: at + imageBytes, colours: own } : { at: headerBytes, colours: globalColours },
        data,
      })
      control = { transparent: null, disposal: 0 }
      at = skipBlocks(view, data + 1)
    } else return null
  }
}

export function readGif(bytes: Uint8Array): ImageStructure | null {
  const file = readGifFile(bytes)
  return file === null
    ? null
    : { width: file.width, height: file.height, frames: file.frames.length, end: file.end, orientation: 1 }
}

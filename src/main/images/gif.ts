import { readGifFile, type GifFrame } from './structure/gif'
import { layoutOf, type DecodedImage } from './decoded'
import { decodeLzw } from './lzw'

const disposals = { clear: 2, restore: 3 }
/** First row and step of the passes of an interlaced image. */
const passes = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const

/** Each frame of a GIF file as it is seen: drawn over those before it. Null for a frame that is cut off. */
export function* decodeGif(bytes: Uint8Array): Generator<DecodedImage | null> {
  const file = readGifFile(bytes)
  if (file === null) return yield null
  const { width, height, frames } = file
  const canvas = new Uint8Array(4 * width * height)
  for (const frame of frames) {
    const before = frame.disposal === disposals.restore ? canvas.slice() : null
    // An image larger than its canvas is no image that anything would write: its size would be made room for.
    const indices = frame.width * frame.height > width * height ? null : indicesOf(bytes, frame)
    if (indices === null) return yield null
    draw(canvas, width, height, bytes, frame, indices)
    yield { width, height, format: 'gif', turned: false, frames: frames.length, ...opaque(canvas) }
    if (before !== null) canvas.set(before)
    if (frame.disposal === disposals.clear) eachPixel(frame, width, height, (to) => canvas.fill(0, to, to + 4))
  }
}

/** Without alpha where nothing is transparent. */
function opaque(canvas: Uint8Array): Pick<DecodedImage, 'layout' | 'pixels'> {
  for (let i = 3; i < canvas.length; i += 4) {
    if (canvas[i] === 0) return { layout: layoutOf(4, 8), pixels: canvas.slice() }
  }
  return { layout: layoutOf(3, 8), pixels: canvas.filter((_, i) => i % 4 !== 3) }
}

/** Indices of colours, row by row from the top. Null where there are too few. */
function indicesOf(bytes: Uint8Array, { width, height, data, interlaced }: GifFrame): Uint8Array | null {
  const literalBits = bytes[data]
  if (literalBits < 1 || literalBits > 8) return null
  const form = { literalBits, highFirst: false, early: false }
  const indices = decodeLzw(joined(bytes, data + 1), form, width * height)
  if (indices.length < width * height) return null
  if (!interlaced) return indices
  const sorted = new Uint8Array(indices.length)
  let row = 0
  for (const [first, step] of passes) {
    for (let y = first; y < height; y += step, row++) {
      sorted.set(indices.subarray(row * width, (row + 1) * width), y * width)
    }
  }
  return sorted
}

/** The bytes of blocks, without their lengths. */
function joined(bytes: Uint8Array, from: number): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let at = from; bytes[at] > 0; at += bytes[at] + 1) blocks.push(bytes.subarray(at + 1, at + 1 + bytes[at]))
  return Buffer.concat(blocks)
}

/** Places in the canvas and in the frame of the pixels that lie on both. */
function eachPixel(
  { left, top, width, height }: GifFrame,
  canvasWidth: number,
  canvasHeight: number,
  act: (to: number, from: number) => void,
): void {
  for (let y = 0; y < Math.min(height, canvasHeight - top); y++) {
    for (let x = 0; x < Math.min(width, canvasWidth - left); x++) {
      act(4 * ((top + y) * canvasWidth + left + x), y * width + x)
    }
  }
}

function draw(
  canvas: Uint8Array,
  width: number,
  height: number,
  bytes: Uint8Array,
  frame: GifFrame,
  indices: Uint8Array,
): void {
  const { palette, transparent } = frame
  eachPixel(frame, width, height, (to, from) => {
    const index = indices[from]
    if (index === transparent) return
    const colour = palette.at + 3 * index
    // A colour that the palette lacks is black, as browsers show it.
    if (index < palette.colours) canvas.set(bytes.subarray(colour, colour + 3), to)
    else canvas.fill(0, to, to + 3)
    canvas[to + 3] = 255
  })
}

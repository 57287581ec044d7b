import { WorkbenchError } from './errors'

/**
 * Portable float maps: grey images of float32, exact to the bit (Paul Debevec's format: "Pf", width and height, a scale
 * whose sign tells the byte order, then rows from the bottom up). Images of a dataset are kept so.
 */
export interface FloatImage {
  height: number
  width: number
  /** [height * width], top row first. */
  pixels: Float32Array
}

export function writePfm({ height, width, pixels }: FloatImage): Uint8Array {
  const header = new TextEncoder().encode(`Pf\n${width} ${height}\n-1.0\n`)
  const bytes = new Uint8Array(header.length + 4 * pixels.length)
  bytes.set(header)
  const view = new DataView(bytes.buffer, header.length)
  for (let y = 0; y < height; y++) {
    const row = (height - 1 - y) * width
    for (let x = 0; x < width; x++) view.setFloat32(4 * (row + x), pixels[y * width + x], true)
  }
  return bytes
}

const longestHeader = 64

export const isPfm = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x66 && bytes[2] === 0x0a

/** @throws IMAGE_UNREADABLE where the header lies, the length differs or a value is not finite */
export function readPfm(name: string, bytes: Uint8Array): FloatImage {
  const text = String.fromCharCode(...bytes.subarray(0, longestHeader))
  const header = /^Pf\n([1-9]\d{0,5}) ([1-9]\d{0,5})\n([+-]?\d+(?:\.\d+)?)\n/.exec(text)
  if (header === null) throw damaged(name, 'its header is wrong')
  const [width, height, scale] = [Number(header[1]), Number(header[2]), Number(header[3])]
  const start = header[0].length
  const promised = start + 4 * width * height
  if (bytes.length !== promised) throw damaged(name, `${promised} bytes promised, ${bytes.length} found`)
  const view = new DataView(bytes.buffer, bytes.byteOffset + start)
  const pixels = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = (height - 1 - y) * width
    for (let x = 0; x < width; x++) {
      const value = view.getFloat32(4 * (row + x), scale < 0)
      if (!Number.isFinite(value)) throw damaged(name, `the pixel of row ${y}, column ${x} is ${value}`)
      pixels[y * width + x] = value
    }
  }
  return { height, width, pixels }
}

const damaged = (name: string, what: string): WorkbenchError =>
  new WorkbenchError('IMAGE_UNREADABLE', `No float map that can be read: ${what}`, {
    where: name,
    remedy: 'Choose the image again.',
  })

import { readBmp } from './bmp'
import { readGif } from './gif'
import { readJpeg } from './jpeg'
import { readPng } from './png'
import { readPnm } from './pnm'
import type { ImageStructure } from './structure'
import { readTiff } from './tiff'
import { readWebp } from './webp'

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'tiff' | 'gif' | 'bmp' | 'pnm'

const readers: Record<ImageFormat, (bytes: Uint8Array) => ImageStructure | null> = {
  png: readPng,
  jpeg: readJpeg,
  webp: readWebp,
  tiff: readTiff,
  gif: readGif,
  bmp: readBmp,
  pnm: readPnm,
}

/** Bytes that `imageFormat` looks at. */
export const signatureBytes = 18

/** Bytes of the headers of bitmaps that there are. */
const bmpHeaders = [12, 16, 40, 52, 56, 64, 108, 124]

/** The format by the first bytes of a file: a name may lie. Null for all other files. */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  const text = String.fromCharCode(...bytes.subarray(0, signatureBytes))
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (text.startsWith('RIFF') && text.slice(8).startsWith('WEBP')) return 'webp'
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff'
  if (/^GIF8[79]a/.test(text)) return 'gif'
  if (text.startsWith('BM') && bmpHeaders.includes(bytes[14]) && bytes[15] + bytes[16] + bytes[17] === 0) return 'bmp'
  return /^P([1-6]\s|7\n|f\n)/.test(text) ? 'pnm' : null
}

/** Null where the file ends before its image does, or contradicts itself. */
export function imageStructure(format: ImageFormat, bytes: Uint8Array): ImageStructure | null {
  try {
    return readers[format](bytes)
  } catch (error) {
    // A place beyond the end of the file.
    if (error instanceof RangeError) return null
    throw error
  }
}

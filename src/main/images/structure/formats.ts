import { readJpeg } from './jpeg'
import { readPng } from './png'
import type { ImageStructure } from './structure'
import { readTiff } from './tiff'
import { readWebp } from './webp'

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'tiff'

const readers: Record<ImageFormat, (bytes: Uint8Array) => ImageStructure | null> = {
  png: readPng,
  jpeg: readJpeg,
  webp: readWebp,
  tiff: readTiff,
}

/** Bytes that `imageFormat` looks at. */
export const signatureBytes = 12

/** The format by the first bytes of a file: a name may lie. Null for all other files. */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  const text = String.fromCharCode(...bytes.subarray(0, signatureBytes))
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return 'webp'
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff'
  return null
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

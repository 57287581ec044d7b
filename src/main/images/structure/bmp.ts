import { viewOf, type ImageStructure } from './structure'

/** Bytes of the file's header, and of the oldest header of an image, whose sizes have 16 bits. */
const headerBytes = 14
const coreBytes = 12

/** A bitmap of Windows or OS/2; a height below 0 says that rows go from the top down. */
export function readBmp(bytes: Uint8Array): ImageStructure | null {
  const view = viewOf(bytes)
  const core = view.getUint32(headerBytes, true) === coreBytes
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true)
  const height = core ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true))
  if (width <= 0 || height <= 0 || view.getUint32(10, true) > bytes.length) return null
  return { width, height, frames: 1, end: null, orientation: 1 }
}

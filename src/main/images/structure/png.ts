import { exifOrientation } from './exif'
import { viewOf, type ImageStructure } from './structure'

const signatureBytes = 8
const headerType = 0x49484452
const endType = 0x49454e44
/** Number of frames of an animated PNG. */
const animationType = 0x6163544c
const exifType = 0x65584966

/** Chunks of length, type, data and checksum, from IHDR to IEND (W3C PNG, 5.3). */
export function readPng(bytes: Uint8Array): ImageStructure | null {
  const view = viewOf(bytes)
  if (view.getUint32(signatureBytes + 4) !== headerType) return null
  const [width, height] = [view.getUint32(signatureBytes + 8), view.getUint32(signatureBytes + 12)]
  let frames = 1
  let orientation = 1
  for (let at = signatureBytes; ;) {
    const length = view.getUint32(at)
    const type = view.getUint32(at + 4)
    const next = at + 12 + length
    if (next > bytes.length) return null
    if (type === animationType) frames = view.getUint32(at + 8)
    if (type === exifType) orientation = exifOrientation(bytes.subarray(at + 8, next - 4))
    if (type === endType) return { width, height, frames, end: next, orientation }
    at = next
  }
}

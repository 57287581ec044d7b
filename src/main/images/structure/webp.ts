import { exifOrientation } from './exif'
import { viewOf, type ImageStructure } from './structure'

/** The first chunk, after "RIFF", a length and "WEBP". */
const chunk = 12
const animated = 0x02
const lossless = 0x2f

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

const nameAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

/** The orientation in the chunk EXIF, where there is one before `end`. */
function orientationOf(bytes: Uint8Array, view: DataView, end: number): number {
  for (let at = chunk; at + 8 <= end;) {
    const length = view.getUint32(at + 4, true)
    if (nameAt(bytes, at) === 'EXIF') return exifOrientation(bytes.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  return 1
}

/** A RIFF file whose first chunk is VP8, VP8L or VP8X (RFC 9649). */
export function readWebp(bytes: Uint8Array): ImageStructure | null {
  const view = viewOf(bytes)
  const length = view.getUint32(4, true)
  // Chunks have even lengths; the file's last byte may be this padding.
  const end = Math.min(bytes.length, 8 + length + (length % 2))
  if (8 + length > bytes.length) return null
  const data = chunk + 8
  switch (nameAt(bytes, chunk)) {
    case 'VP8 ':
      return {
        width: view.getUint16(data + 6, true) & 0x3fff,
        height: view.getUint16(data + 8, true) & 0x3fff,
        frames: 1,
        end,
        orientation: 1,
      }
    case 'VP8L': {
      if (view.getUint8(data) !== lossless) return null
      const bits = view.getUint32(data + 1, true)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), frames: 1, end, orientation: 1 }
    }
    case 'VP8X': {
      const frames = (view.getUint8(data) & animated) === 0 ? 1 : 2
      const orientation = orientationOf(bytes, view, end)
      return { width: 1 + uint24(view, data + 4), height: 1 + uint24(view, data + 7), frames, end, orientation }
    }
    default:
      return null
  }
}

import { exifOrientation } from './exif'
import { viewOf, type ImageStructure } from './structure'

const marker = 0xff
const endOfImage = 0xd9
const startOfScan = 0xda
/** Holds EXIF, or other things under other names. */
const application1 = 0xe1
const isExif = (block: Uint8Array): boolean => String.fromCharCode(...block.subarray(0, 6)) === 'Exif\0\0'
/** Start of frame, 0xc0 to 0xcf, but for tables (DHT, JPG, DAC). */
const isFrame = (code: number): boolean => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code)
/** Markers without a length: TEM, restarts, start of image. */
const standsAlone = (code: number): boolean => code === 0x01 || (code >= 0xd0 && code <= 0xd8)

/** Segments from SOI to EOI (ITU-T T.81, annex B). Within a scan, 0xff is followed by 0 or by a restart. */
export function readJpeg(bytes: Uint8Array): ImageStructure | null {
  const view = viewOf(bytes)
  let size: { width: number; height: number } | null = null
  let orientation = 1
  for (let at = 2; ;) {
    at = bytes.indexOf(marker, at)
    if (at < 0) return null
    while (bytes[at] === marker) at++
    const code = view.getUint8(at++)
    if (code === endOfImage) return size === null ? null : { ...size, frames: 1, end: at, orientation }
    if (code === 0 || standsAlone(code)) continue
    if (isFrame(code) && size === null) size = { height: view.getUint16(at + 3), width: view.getUint16(at + 5) }
    if (code === startOfScan && size === null) return null
    const next = at + view.getUint16(at)
    const block = bytes.subarray(at + 2, next)
    if (code === application1 && isExif(block)) orientation = exifOrientation(block)
    at = next
  }
}

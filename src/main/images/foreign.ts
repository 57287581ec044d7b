/** Formats of images that are known by their first bytes and not read. */
const foreign: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^.{4}ftyp(heic|heix|hevc|mif1|msf1)/s, 'HEIC'],
  [/^.{4}ftypavi[fs]/s, 'AVIF'],
  [/^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/, 'JPEG 2000'],
  [/^(\0\0\0\x0cJXL |\xff\x0a)/, 'JPEG XL'],
  [/^8BPS/, 'Photoshop'],
  [/^%PDF/, 'PDF'],
  [/^\s*(<\?xml[^>]*>\s*)?<svg/, 'SVG'],
  [/^\x76\x2f\x31\x01/, 'OpenEXR'],
  [/^#\?(RADIANCE|RGBE)/, 'Radiance HDR'],
  [/^SIMPLE {2}=/, 'FITS'],
  [/^.{128}DICM/s, 'DICOM'],
  [/^\0\0\x01\0/, 'Windows icon'],
  [/^PF\s/, 'float map in colour'],
]
const headBytes = 256

/** What a file is instead, in brackets; '' where that is not known. */
export function foreignFormat(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, headBytes)).toString('latin1')
  const found = foreign.find(([pattern]) => pattern.test(head))
  return found === undefined ? '' : `: it is a file of another format (${found[1]})`
}

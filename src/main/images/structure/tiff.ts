import { viewOf, type ImageStructure } from './structure'

/** Most entries that are gone through: a file may chain its directories in a circle. */
const mostEntries = 1_000_000

const tags = { kind: 254, width: 256, height: 257 }
/** Bit of tag 254: a smaller version of another page. */
const reduced = 1

interface Layout {
  /** Bytes of an offset, of a number of entries, of an entry. */
  offset: 4 | 8
  count: 2 | 8
  entry: 12 | 20
}
const classic: Layout = { offset: 4, count: 2, entry: 12 }
const big: Layout = { offset: 8, count: 8, entry: 20 }

/** Directories of tags, one a page (TIFF 6.0, section 2; BigTIFF has wider numbers). */
export function readTiff(bytes: Uint8Array): ImageStructure | null {
  const view = viewOf(bytes)
  const little = view.getUint8(0) === 0x49
  const layout = view.getUint16(2, little) === 43 ? big : classic
  const wide = (at: number) => Number(view.getBigUint64(at, little))
  const offset = (at: number) => (layout.offset === 8 ? wide(at) : view.getUint32(at, little))
  /** The value of an entry that holds one number: SHORT, LONG or LONG8. */
  const value = (entry: number): number | null => {
    const at = entry + (layout === big ? 12 : 8)
    const type = view.getUint16(entry + 2, little)
    if (type === 3) return view.getUint16(at, little)
    if (type === 4) return view.getUint32(at, little)
    return type === 16 && layout === big ? wide(at) : null
  }
  let first: { width: number; height: number } | null = null
  let frames = 0
  let seen = 0
  for (let directory = offset(layout === big ? 8 : 4); directory !== 0;) {
    const count = layout === big ? wide(directory) : view.getUint16(directory, little)
    seen += count + 1
    if (seen > mostEntries) return null
    const found: Partial<Record<number, number | null>> = {}
    const start = directory + layout.count
    for (let index = 0; index < count; index++) {
      const entry = start + index * layout.entry
      const tag = view.getUint16(entry, little)
      if (tag === tags.kind || tag === tags.width || tag === tags.height) found[tag] = value(entry)
    }
    const [width, height] = [found[tags.width], found[tags.height]]
    if (width == null || height == null) return null
    first ??= { width, height }
    if (((found[tags.kind] ?? 0) & reduced) === 0) frames++
    directory = offset(start + count * layout.entry)
  }
  return first === null ? null : { ...first, frames: Math.max(1, frames), end: null }
}

import { viewOf } from './structure'

/** Most entries that are gone through: a file may chain its directories in a circle. */
const mostEntries = 1_000_000
/** Most numbers of one entry that are read. */
const mostValues = 1_000_000

/** Bytes of a number by its type: BYTE, SHORT, LONG, UNDEFINED, IFD, LONG8, IFD8. */
const numberBytes: Partial<Record<number, 1 | 2 | 4 | 8>> = { 1: 1, 3: 2, 4: 4, 7: 1, 13: 4, 16: 8, 18: 8 }

interface Layout {
  /** Bytes of an offset, of a number of entries, of an entry. */
  offset: 4 | 8
  count: 2 | 8
  entry: 12 | 20
}
const classic: Layout = { offset: 4, count: 2, entry: 12 }
const big: Layout = { offset: 8, count: 8, entry: 20 }

/** Tags of one image of a TIFF file. */
export interface TiffDirectory {
  little: boolean
  /** Whole numbers of a tag; null where it is not there, or holds something else. @throws RangeError beyond the end */
  numbers(tag: number): number[] | null
  /** Its bytes as they are. @throws RangeError beyond the end */
  bytes(tag: number): Uint8Array | null
}

/**
 * Directories of tags, one an image (TIFF 6.0, section 2; BigTIFF has wider numbers). EXIF blocks have the same form.
 * @throws RangeError where the file ends before they do, or they go in a circle
 */
export function* tiffDirectories(file: Uint8Array): Generator<TiffDirectory> {
  const view = viewOf(file)
  const little = view.getUint8(0) === 0x49
  const layout = view.getUint16(2, little) === 43 ? big : classic
  const wide = (at: number) => Number(view.getBigUint64(at, little))
  const offset = (at: number) => (layout.offset === 8 ? wide(at) : view.getUint32(at, little))
  let seen = 0
  for (let directory = offset(layout === big ? 8 : 4); directory !== 0;) {
    const count = layout === big ? wide(directory) : view.getUint16(directory, little)
    seen += count + 1
    if (seen > mostEntries) throw new RangeError('too many entries')
    const start = directory + layout.count
    const entries = new Map<number, number>()
    for (let index = 0; index < count; index++) {
      const entry = start + index * layout.entry
      entries.set(view.getUint16(entry, little), entry)
    }
    yield new Directory(file, view, little, layout, entries)
    directory = offset(start + count * layout.entry)
  }
}

class Directory implements TiffDirectory {
  constructor(
    private readonly file: Uint8Array,
    private readonly view: DataView,
    readonly little: boolean,
    private readonly layout: Layout,
    private readonly entries: ReadonlyMap<number, number>,
  ) {}

  numbers(tag: number): number[] | null {
    const place = this.#place(tag)
    if (place === null) return null
    const { at, count, size } = place
    const { view, little } = this
    return Array.from({ length: count }, (_, index) => {
      const where = at + index * size
      if (size === 1) return view.getUint8(where)
      if (size === 2) return view.getUint16(where, little)
      return size === 4 ? view.getUint32(where, little) : Number(view.getBigUint64(where, little))
    })
  }

  bytes(tag: number): Uint8Array | null {
    const place = this.#place(tag)
    return place === null ? null : this.file.subarray(place.at, place.at + place.count * place.size)
  }

  /** Where the values of a tag lie: in its entry where they fit into it. */
  #place(tag: number): { at: number; count: number; size: 1 | 2 | 4 | 8 } | null {
    const { view, little, layout } = this
    const entry = this.entries.get(tag)
    const size = entry === undefined ? undefined : numberBytes[view.getUint16(entry + 2, little)]
    if (entry === undefined || size === undefined) return null
    const wide = (at: number) => Number(view.getBigUint64(at, little))
    const count = layout === big ? wide(entry + 4) : view.getUint32(entry + 4, little)
    const value = entry + (layout === big ? 12 : 8)
    const bytes = count * size
    const at = bytes <= layout.offset ? value : layout === big ? wide(value) : view.getUint32(value, little)
    if (count > mostValues || at + bytes > view.byteLength) throw new RangeError(`tag ${tag} is beyond the end`)
    return { at, count, size }
  }
}

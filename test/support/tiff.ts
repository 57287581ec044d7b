export interface TiffPage {
  width: number
  height: number
  bits: 8 | 16
  /** Grey values, row by row. */
  samples: readonly number[]
}

interface TiffOptions {
  /** Intel's byte order, else Motorola's. */
  little?: boolean
  /** The last page points back to the first. */
  circular?: boolean
}

const entries = 9

/** An uncompressed grey TIFF file of one or several pages. */
export function tiff(pages: readonly TiffPage[], { little = true, circular = false }: TiffOptions = {}): Uint8Array {
  const pageBytes = 2 + 12 * entries + 4
  const sizes = pages.map(({ samples, bits }) => (samples.length * bits) / 8)
  const data = 8 + pages.length * pageBytes
  const file = Buffer.alloc(data + sizes.reduce((sum, size) => sum + size, 0))
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const short = (at: number, value: number) => view.setUint16(at, value, little)
  const long = (at: number, value: number) => view.setUint32(at, value, little)
  file.write(little ? 'II' : 'MM')
  short(2, 42)
  long(4, 8)
  let strip = data
  for (const [index, { width, height, bits, samples }] of pages.entries()) {
    const start = 8 + index * pageBytes
    short(start, entries)
    const tags: [tag: number, value: number][] = [
      [256, width],
      [257, height],
      [258, bits],
      [259, 1],
      [262, 1],
      [273, strip],
      [277, 1],
      [278, height],
      [279, sizes[index]!],
    ]
    for (const [position, [tag, value]] of tags.entries()) {
      const at = start + 2 + 12 * position
      short(at, tag)
      short(at + 2, 4)
      long(at + 4, 1)
      long(at + 8, value)
    }
    const next = index + 1 < pages.length ? start + pageBytes : circular ? 8 : 0
    long(start + 2 + 12 * entries, next)
    for (const [position, sample] of samples.entries()) {
      if (bits === 8) file[strip + position] = sample
      else short(strip + 2 * position, sample)
    }
    strip += sizes[index]!
  }
  return file
}

/** A TIFF file of one page with any tags (numbers of 32 bits, but those of bytes) and one block of data. */
export function taggedTiff(
  tags: Readonly<Record<number, number | readonly number[] | Uint8Array>>,
  data: Uint8Array,
  little = true,
): Uint8Array {
  const all = { ...(324 in tags ? {} : { 273: 0, 279: data.length }), ...tags }
  const entries = Object.entries(all).map(([tag, value]) => ({ tag: Number(tag), value }))
  const directory = 8
  let extra = directory + 2 + 12 * entries.length + 4
  const outside = entries.reduce((sum, { value }) => sum + sizeOf(value), 0)
  const start = extra + outside
  const file = Buffer.alloc(start + data.length)
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  file.write(little ? 'II' : 'MM')
  view.setUint16(2, 42, little)
  view.setUint32(4, directory, little)
  view.setUint16(directory, entries.length, little)
  for (const [index, { tag, value }] of entries.entries()) {
    const at = directory + 2 + 12 * index
    const values = typeof value === 'number' ? [value] : value
    const isBytes = ArrayBuffer.isView(value)
    view.setUint16(at, tag, little)
    view.setUint16(at + 2, isBytes ? 7 : 4, little)
    view.setUint32(at + 4, values.length, little)
    const place = sizeOf(value) === 0 ? at + 8 : extra
    if (place === extra) view.setUint32(at + 8, extra, little)
    for (const [position, number] of values.entries()) {
      if (isBytes) view.setUint8(place + position, number)
      else view.setUint32(place + 4 * position, tag === 273 || tag === 324 ? number + start : number, little)
    }
    extra += sizeOf(value)
  }
  file.set(data, start)
  return file
}

/** Bytes of values that do not fit into their entry. */
function sizeOf(value: number | readonly number[] | Uint8Array): number {
  if (typeof value === 'number') return 0
  const bytes = value instanceof Uint8Array ? value.length : 4 * value.length
  return bytes <= 4 ? 0 : bytes + (bytes % 2)
}

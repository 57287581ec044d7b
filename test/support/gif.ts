import { encodeLzw } from './lzw'

export interface GifImage {
  left?: number
  top?: number
  width: number
  height: number
  /** Places of colours in the palette, row by row. */
  indices: readonly number[]
  transparent?: number
  disposal?: number
}

const literalBits = 2

/** A GIF file of up to four colours. */
export function gif(
  width: number,
  height: number,
  palette: readonly number[],
  images: readonly GifImage[],
): Uint8Array {
  const short = (value: number) => [value & 255, value >> 8]
  const colours = Uint8Array.from({ length: 12 }, (_, i) => palette[i] ?? 0)
  const parts: Uint8Array[] = [
    Buffer.from('GIF89a'),
    Uint8Array.of(...short(width), ...short(height), 0x81, 0, 0),
    colours,
  ]
  for (const { left = 0, top = 0, transparent, disposal = 0, indices, ...size } of images) {
    const flags = (disposal << 2) | Number(transparent !== undefined)
    parts.push(Uint8Array.of(0x21, 0xf9, 4, flags, 0, 0, transparent ?? 0, 0))
    parts.push(Uint8Array.of(0x2c, ...short(left), ...short(top), ...short(size.width), ...short(size.height), 0))
    parts.push(Uint8Array.of(literalBits))
    const codes = encodeLzw(Uint8Array.from(indices), { literalBits, highFirst: false, early: false })
    for (let at = 0; at < codes.length; at += 255) {
      const block = codes.subarray(at, at + 255)
      parts.push(Uint8Array.of(block.length), block)
    }
    parts.push(Uint8Array.of(0))
  }
  return Buffer.concat([...parts, Uint8Array.of(0x3b)])
}

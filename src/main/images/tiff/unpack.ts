import { inflateSync } from 'node:zlib'
import { decodeLzw } from '../lzw'
import { TiffRefusal } from './page'

const names: Partial<Record<number, string>> = {
  2: 'CCITT (fax)',
  3: 'CCITT (fax)',
  4: 'CCITT (fax)',
  6: 'old-style JPEG',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
  50002: 'JPEG XL',
}

/**
 * A block of samples, to no more than `length` bytes: what comes after them is left.
 * @throws TiffRefusal where there are fewer, or the compression is none that is read
 */
export function unpack(compression: number, packed: Uint8Array, length: number): Uint8Array {
  const found = unpacked(compression, packed, length)
  if (found.length < length) throw new TiffRefusal('It ends too early')
  return found.subarray(0, length)
}

function unpacked(compression: number, packed: Uint8Array, length: number): Uint8Array {
  switch (compression) {
    case 1:
      return packed
    case 5:
      return decodeLzw(packed, { literalBits: 8, highFirst: true, early: true }, length)
    case 8:
    case 32946:
      return inflated(packed, length)
    case 32773:
      return packBits(packed, length)
    default: {
      const name = names[compression] ?? `no. ${compression}`
      throw new TiffRefusal(`Its compression (${name}) is not read`)
    }
  }
}

function inflated(packed: Uint8Array, length: number): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: length })
  } catch (error) {
    const more = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new TiffRefusal(more ? 'It holds more than it promises' : 'It cannot be inflated')
  }
}

/** Apple's runs: a count n, then n + 1 bytes; or 257 - n times the next byte. */
function packBits(packed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length)
  let to = 0
  for (let at = 0; at < packed.length && to < length;) {
    const count = packed[at++]
    if (count === 128) continue
    if (count < 128) {
      const literal = packed.subarray(at, at + Math.min(count + 1, length - to))
      out.set(literal, to)
      to += literal.length
      at += count + 1
    } else {
      const end = Math.min(length, to + 257 - count)
      out.fill(packed[at++], to, end)
      to = end
    }
  }
  return out.subarray(0, to)
}

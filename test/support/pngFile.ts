import { crc32, deflateSync } from 'node:zlib'

/** PNG colour types. */
export const grey = 0
export const rgb = 2
export const greyAlpha = 4
export const rgba = 6

const channels: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 }

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}

/** A PNG file of so many samples (rows of width * channels), 8 or 16 bits each. */
export function png(width: number, height: number, colour: number, samples: number[], bits: 8 | 16 = 8): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([bits, colour, 0, 0, 0], 8)
  const rowSamples = width * channels[colour]!
  const rows = Array.from({ length: Math.floor(samples.length / rowSamples) }, (_, y) => {
    const row = samples.slice(y * rowSamples, (y + 1) * rowSamples)
    return [0, ...(bits === 8 ? row : row.flatMap((value) => [value >> 8, value & 255]))]
  })
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

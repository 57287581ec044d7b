import { Readable, pipeline } from 'node:stream'
import { createGunzip, createInflateRaw } from 'node:zlib'

const options = { chunkSize: 256 * 1024 }

/** Inflates blocks as they come; no more than a block is held. @throws zlib's errors, whose code starts with Z_ */
export async function* inflated(blocks: AsyncIterable<Uint8Array>, kind: 'gzip' | 'raw'): AsyncGenerator<Uint8Array> {
  const inflate = kind === 'gzip' ? createGunzip(options) : createInflateRaw(options)
  // An error of either end is thrown by the loop.
  pipeline(Readable.from(blocks, { objectMode: true }), inflate, () => undefined)
  for await (const chunk of inflate as AsyncIterable<Uint8Array>) yield chunk
}

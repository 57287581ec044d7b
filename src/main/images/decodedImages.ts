import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { decodeImage } from './decode'
import type { DecodedImage } from './decoded'

const mebibyte = 1024 * 1024

/** The images decoded last, by their content: one that is kept, then scored under several runs, is decoded once. */
export class DecodedImages {
  readonly #images: LRUCache<string, DecodedImage>

  /** @param keptBytes of pixels that stay in memory */
  constructor(keptBytes = 64 * mebibyte) {
    this.#images = new LRUCache({ maxSize: keptBytes, sizeCalculation: ({ pixels }) => Math.max(1, pixels.byteLength) })
  }

  /** @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE */
  readonly decode = async (name: string, bytes: Uint8Array): Promise<DecodedImage> => {
    const key = createHash('sha256').update(bytes).digest('base64')
    const known = this.#images.get(key)
    if (known !== undefined) return known
    const image = await decodeImage(name, bytes)
    this.#images.set(key, image)
    return image
  }
}

import { createHash } from 'node:crypto'
import { decodeImage, type DecodedImage } from './decode'

const mebibyte = 1024 * 1024

/** The images decoded last, by their content: one that is kept, then scored under several runs, is decoded once. */
export class DecodedImages {
  readonly #images = new Map<string, DecodedImage>()
  #bytes = 0

  /** @param keptBytes of pixels that stay in memory */
  constructor(private readonly keptBytes = 64 * mebibyte) {}

  /** @throws IMAGE_UNREADABLE, IMAGE_TOO_LARGE */
  readonly decode = async (name: string, bytes: Uint8Array): Promise<DecodedImage> => {
    const key = createHash('sha256').update(bytes).digest('base64')
    const image = this.#images.get(key) ?? (await decodeImage(name, bytes))
    this.#drop(key)
    // Put last: the first of the map is the one that was used longest ago.
    this.#images.set(key, image)
    this.#bytes += image.pixels.byteLength
    for (const oldest of this.#images.keys()) {
      if (this.#bytes <= this.keptBytes) break
      this.#drop(oldest)
    }
    return image
  }

  #drop(key: string): void {
    this.#bytes -= this.#images.get(key)?.pixels.byteLength ?? 0
    this.#images.delete(key)
  }
}

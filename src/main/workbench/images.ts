import type { StoredImage } from '../../shared/scores'
import type { Store } from '../store/store'
import type { AnalystClient } from './analystClient'

/** Images that a user dropped, kept by content: a link to a scored pair still works tomorrow. */
export class ImageService {
  constructor(private readonly dependencies: { store: Store; analyst: AnalystClient }) {}

  /** @throws WorkbenchError IMAGE_UNREADABLE, IMAGE_TOO_LARGE; then nothing is kept */
  async put(name: string, bytes: Uint8Array): Promise<StoredImage> {
    const { store, analyst } = this.dependencies
    const { width, height, format } = await analyst.call({ method: 'inspectImage', name, bytes })
    return store.images.put({ name, width, height, format, origin: null }, bytes)
  }

  get(sha256: string): Promise<{ image: StoredImage; bytes: Uint8Array }> {
    return this.dependencies.store.images.get(sha256)
  }

  async file(sha256: string): Promise<{ name: string; bytes: Uint8Array }> {
    const { image, bytes } = await this.get(sha256)
    return { name: image.name, bytes }
  }
}

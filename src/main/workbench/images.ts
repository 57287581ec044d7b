import type { DatasetRow } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { writePfm } from '../../shared/pfm'
import type { StoredImage } from '../../shared/scores'
import type { ImageFile, ImagesApi } from '../api/images'
import { openDatasetFile } from '../datasets/datasetFile'
import type { Store } from '../store/store'
import type { AnalystClient } from './analystClient'

/** Images that a user gave, kept by content: a link to a scored pair still works tomorrow. */
export class ImageService implements ImagesApi {
  constructor(private readonly dependencies: { store: Store; analyst: AnalystClient }) {}

  /** @throws WorkbenchError IMAGE_UNREADABLE, IMAGE_TOO_LARGE; then nothing is kept */
  async put({ name, bytes }: ImageFile): Promise<StoredImage> {
    const { store, analyst } = this.dependencies
    const { width, height, format } = await analyst.call({ method: 'inspectImage', name, bytes })
    return store.images.put({ name, width, height, format, origin: null }, bytes)
  }

  /**
   * An image or a pair of a dataset, as float maps: the very values that a model trained on it sees.
   * @throws WorkbenchError DATASET_NOT_FOUND, ROW_UNKNOWN
   */
  async take({ dataset: reference, split, index }: DatasetRow): Promise<{ x: StoredImage; y: StoredImage | null }> {
    const { store } = this.dependencies
    const dataset = await store.datasets.find(reference)
    if (index >= dataset.n[split]) {
      throw new WorkbenchError(
        'ROW_UNKNOWN',
        `The ${split} split has ${dataset.n[split]} images, no. ${index} is none`,
        {
          where: dataset.name,
          remedy: 'Choose another.',
        },
      )
    }
    const { x, y } = await (await openDatasetFile(store.datasets.path(dataset))).rows(split, [index])
    const keep = (of: 'x' | 'y', pixels: Float32Array): Promise<StoredImage> => {
      const [height, width] = of === 'y' ? (dataset.targetShape ?? dataset.shape) : dataset.shape
      const name = `${dataset.name}, ${split} no. ${index}${y === null ? '' : `, ${of}`}`
      const origin = { dataset: dataset.id, name: dataset.name, split, index, of }
      return store.images.put({ name, width, height, format: 'pfm', origin }, writePfm({ height, width, pixels }))
    }
    return { x: await keep('x', x), y: y === null ? null : await keep('y', y) }
  }

  get({ sha256 }: { sha256: string }): Promise<{ image: StoredImage; bytes: Uint8Array }> {
    return this.dependencies.store.images.get(sha256)
  }

  async file(sha256: string): Promise<ImageFile> {
    const { image, bytes } = await this.get({ sha256 })
    return { name: image.name, bytes }
  }
}

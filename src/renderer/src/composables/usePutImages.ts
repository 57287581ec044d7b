import type { Dataset, SplitName } from '../../../shared/datasets'
import { api } from '../api/client'
import type { DatasetImage } from '../components/images/datasetImages'

/** Puts images into the store, which gives them the SHA-256 by which links name them. */
export function usePutImages() {
  return {
    putFile: async (file: File) => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      return (await api.images.put.mutate({ name: file.name, bytes })).sha256
    },
    /** An image of a dataset, or both of a pair, with the pixels that the dataset holds. */
    async putDatasetImage(dataset: Dataset, split: SplitName, { index }: DatasetImage) {
      const { x, y } = await api.images.take.mutate({ dataset: dataset.id, split, index })
      return { x: x.sha256, y: y?.sha256 ?? null }
    },
  }
}

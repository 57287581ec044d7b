import type { Dataset, SplitName } from '../../../shared/datasets'
import { api } from '../api/client'
import { grayPng } from '../components/images/grayPng'
import { imageName, type DatasetImage } from '../components/images/datasetImages'

/** Puts images into the store, which gives them the SHA-256 by which links name them. */
export function usePutImages() {
  const put = async (name: string, bytes: Uint8Array<ArrayBuffer>) =>
    (await api.images.put.mutate({ name, bytes })).sha256
  return {
    putFile: async (file: File) => put(file.name, new Uint8Array(await file.arrayBuffer())),
    /** An image of a dataset, or both of a pair. */
    async putDatasetImage(dataset: Dataset, split: SplitName, { index, x, y }: DatasetImage) {
      const shapeY = dataset.targetShape ?? dataset.shape
      const [first, second] = await Promise.all([
        put(imageName(dataset, split, index, 'x'), await grayPng(x, dataset.shape)),
        y === null ? null : put(imageName(dataset, split, index, 'y'), await grayPng(y, shapeY)),
      ])
      return { x: first, y: second }
    },
  }
}

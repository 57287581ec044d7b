import type { Dataset, SplitName } from '../../../../shared/datasets'
import type { DatasetImage } from '../../components/images/datasetImages'
import { useAction } from '../../composables/useAction'
import { usePutImages } from '../../composables/usePutImages'
import type { useDynamicsRoute } from './useDynamicsRoute'

/** Where images go that are given to more than one slot, or that a slot leaves to the screen. */
export function useDynamicsImages({ x, y, needsY, through }: ReturnType<typeof useDynamicsRoute>) {
  const { putDatasetImage, putFile } = usePutImages()
  const { error: refused, run } = useAction()
  return {
    refused,
    takeImage: (dataset: Dataset, split: SplitName, image: DatasetImage) =>
      run(async () => {
        const put = await putDatasetImage(dataset, split, image)
        x.value = put.x
        if (needsY.value && put.y !== null) y.value = put.y
      }),
    /** The plane lies where y moves: of a pair it takes y. */
    takePlaneImage: (place: number, dataset: Dataset, split: SplitName, image: DatasetImage) =>
      run(async () => {
        through[place]!.value = (await putDatasetImage(dataset, split, image)).y
      }),
    takeMore: ([file]: readonly File[]) =>
      run(async () => {
        if (needsY.value && file !== undefined) y.value = await putFile(file)
      }),
  }
}

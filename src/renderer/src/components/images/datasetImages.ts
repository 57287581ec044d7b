import type { Dataset, ImagePage } from '../../../../shared/datasets'

/** One row of a dataset: x, and y for pairs. */
export interface DatasetImage {
  index: number
  /** Class name; null without labels. */
  label: string | null
  x: Float32Array
  y: Float32Array | null
}

const area = ([height, width]: readonly [number, number]) => height * width

/** The rows of a page, each with its own pixels. */
export function datasetImages(dataset: Dataset, page: ImagePage): DatasetImage[] {
  const sizeX = area(dataset.shape)
  const sizeY = area(dataset.targetShape ?? dataset.shape)
  return Array.from(page.indices, (index, place) => {
    const label = page.labels?.[place]
    return {
      index,
      label: label === undefined ? null : (dataset.classes?.[label] ?? String(label)),
      x: page.x.slice(place * sizeX, (place + 1) * sizeX),
      y: page.y === null ? null : page.y.slice(place * sizeY, (place + 1) * sizeY),
    }
  })
}

import { LRUCache } from 'lru-cache'
import { splitNames, type Dataset, type ImageShape, type SplitName } from '../../shared/datasets'
import type { Brightness } from '../../shared/scores'
import { permutation } from '../compute/random'
import { openDatasetFile } from '../datasets/datasetFile'
import type { Store } from '../store/store'

/** Images that a gain compares with, one more than are needed: an image is not compared with itself. */
const mostOthers = 100
/** Training images that the brightness is taken from. */
const mostTraining = 1000
/** Seeds the choice of rows: the same dataset gives the same others. */
const seed = 0x6a09

/** Rows of a dataset that scores are compared with: pixels as models see them before the run's preprocess. */
export interface DatasetSample {
  split: SplitName
  /** Images that a gain compares with: y of pairs, else x; [n, D]. */
  others: Float32Array
  pixels: number
  training: { x: Brightness | null; y: Brightness | null }
}

/** A few images of a run's dataset, read once. */
export class DatasetSamples {
  readonly #samples = new LRUCache<string, Promise<DatasetSample | null>>({ max: 8 })

  constructor(private readonly store: Store) {}

  /** Null where the dataset is gone: an old score still stands without it. */
  of(dataset: Dataset | null): Promise<DatasetSample | null> {
    if (dataset === null) return Promise.resolve(null)
    const known = this.#samples.get(dataset.hash)
    if (known !== undefined) return known
    const sample = read(this.store.datasets.path(dataset), dataset).catch(() => {
      this.#samples.delete(dataset.hash)
      return null
    })
    this.#samples.set(dataset.hash, sample)
    return sample
  }
}

/** Up to a hundred rows other than one that is the image itself. @returns [M, pixels], null without any */
export function othersThan(own: Float32Array, { others, pixels }: DatasetSample): Float32Array | null {
  if (own.length !== pixels) return null
  const rows: Float32Array[] = []
  for (let at = 0; at < others.length && rows.length < mostOthers; at += pixels) {
    const row = others.subarray(at, at + pixels)
    if (!row.every((value, i) => value === own[i])) rows.push(row)
  }
  if (rows.length === 0) return null
  const all = new Float32Array(rows.length * pixels)
  rows.forEach((row, index) => all.set(row, index * pixels))
  return all
}

async function read(path: string, dataset: Dataset): Promise<DatasetSample | null> {
  // Images that no model has seen, where there are any.
  const split = [...splitNames].reverse().find((name) => dataset.n[name] > 0)
  if (split === undefined) return null
  const file = await openDatasetFile(path)
  const chosen = await file.rows(split, permutation(seed, 0, 0, dataset.n[split]).subarray(0, mostOthers + 1))
  const training = await file.rows('train', permutation(seed, 1, 0, dataset.n.train).subarray(0, mostTraining))
  const targetShape = dataset.targetShape ?? dataset.shape
  return {
    split,
    others: chosen.y ?? chosen.x,
    pixels: area(chosen.y === null ? dataset.shape : targetShape),
    training: {
      x: brightness(training.x, area(dataset.shape)),
      y: training.y === null ? null : brightness(training.y, area(targetShape)),
    },
  }
}

const area = ([height, width]: ImageShape): number => height * width

/** @param images [n, pixels] */
function brightness(images: Float32Array, pixels: number): Brightness | null {
  const n = images.length / pixels
  if (n === 0) return null
  const means = Array.from({ length: n }, (_, row) => {
    let sum = 0
    for (const value of images.subarray(row * pixels, (row + 1) * pixels)) sum += value
    return sum / pixels
  })
  const mean = means.reduce((sum, value) => sum + value, 0) / n
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
  return { mean, std: Math.sqrt(variance), n }
}

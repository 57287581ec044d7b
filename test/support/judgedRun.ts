import { evaluationSchema } from '../../src/shared/runs'
import type { NewDataset } from '../../src/main/store/datasets'
import { writeDatasetFile } from '../../src/main/datasets/datasetFile'
import { wilsonInterval } from '../../src/main/statistics/wilson'
import type { Store } from '../../src/main/store/store'
import type { Dataset } from '../../src/shared/datasets'
import { newDataset, newRun, spec } from '../contract/store/fixtures'

/** Images of two classes, of one row of two pixels: image i of a split has the label i % 2. */
export async function tinyDataset(store: Store, name: string, n: number, seed = 1): Promise<Dataset> {
  const images = (of: number) => ({
    x: Uint8Array.from({ length: 2 * of }, (_, pixel) => (pixel * 7 + seed) % 256),
    y: null,
    labels: Int32Array.from({ length: of }, (_, image) => image % 2),
  })
  const content = {
    ...{ kind: 'images' as const, shape: [1, 2] as [number, number], targetShape: null, classes: ['tall', 'wide'] },
    splits: { train: images(2), valid: images(n), test: images(n) },
  }
  const { sha256 } = await writeDatasetFile(store.paths.datasets, content)
  const made = newDataset(name, sha256)
  const recipe = { ...made.recipe, seed } as NewDataset['recipe']
  return store.datasets.add({ ...made, shape: [1, 2], n: { train: 2, valid: n, test: n }, recipe })
}

interface Judged {
  dataset: Dataset
  seed?: number
  spec?: object
  /** Indices of the images that it gets wrong. */
  wrong: { valid: readonly number[]; test: readonly number[] }
}

/** A finished classifier that errs on the given images. */
export async function judgedRun(store: Store, name: string, { dataset, seed = 1, spec: changes, wrong }: Judged) {
  const whole = spec({ ...changes, seed, dataset: dataset.name })
  const { id } = await store.runs.create(newRun(name, { status: 'done', spec: whole, dataset }))
  const results = (['valid', 'test'] as const).map((split) => {
    const n = dataset.n[split]
    const labels = Int32Array.from({ length: n }, (_, image) => image % 2)
    const predicted = labels.map((label, image) => (wrong[split].includes(image) ? 1 - label : label))
    const confusion = [0, 1].map((label) =>
      [0, 1].map((guess) => labels.reduce((sum, own, at) => sum + Number(own === label && predicted[at] === guess), 0)),
    )
    const error = wrong[split].length / n
    const evaluation = evaluationSchema.parse({
      ...{ split, n, loss: 1 + error, error, nll: error * 2, confusion },
      errorInterval: wilsonInterval(wrong[split].length, n),
    })
    const scores = Float32Array.from({ length: 2 * n }, (_, at) => Number(predicted[at >> 1] === at % 2))
    return { evaluation, labels, predicted, scores }
  })
  await store.results.put(id, 0, results)
  return store.runs.summary(id)
}

/** The first so many whole numbers. */
export const firstOf = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index)

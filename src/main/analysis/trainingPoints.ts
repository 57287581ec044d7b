import type { SplitName } from '../../shared/datasets'
import { permutation } from '../compute/random'
import { openDatasetFile } from '../datasets/datasetFile'
import { asSeen } from '../saved/seen'
import type { SavedModel } from '../saved/savedModel'

/** Enough to show where the data lies, and few enough to be seen through. */
const most = 300
/** Of the draw: the same images for every start on the plane. */
const [seed, stream] = [1, 0]

export interface TrainingPoints {
  /** What y moves among, in the model's own scale [n, D] */
  points: Float64Array
  n: number
  /** [n]; null without classes. */
  labels: Int32Array | null
  /** Images of the split that they were drawn from. */
  of: number
}

/** What y moves among: y of pairs, else the images, after the run's preprocess. @param x [n, D], y [n, D] or null */
export async function seenTargets(
  saved: SavedModel,
  n: number,
  x: Float32Array,
  y: Float32Array | null,
): Promise<Float32Array> {
  const seen = await asSeen(saved, { n, x, y })
  return seen.y ?? seen.x
}

const kept = new WeakMap<SavedModel, Map<string, Promise<TrainingPoints>>>()

/** A seeded draw of a split's images, of all classes. Kept, as one plane is asked for often. */
export function trainingPoints(saved: SavedModel, dataset: string, split: SplitName): Promise<TrainingPoints> {
  const key = JSON.stringify([dataset, split])
  const known = kept.get(saved) ?? new Map<string, Promise<TrainingPoints>>()
  kept.set(saved, known)
  const before = known.get(key)
  if (before !== undefined) return before
  const read = readPoints(saved, dataset, split)
  read.catch(() => known.delete(key))
  known.set(key, read)
  return read
}

async function readPoints(saved: SavedModel, dataset: string, split: SplitName): Promise<TrainingPoints> {
  const file = await openDatasetFile(dataset)
  const of = file.info.n[split]
  const chosen = permutation(seed, stream, 0, of).slice(0, most).sort()
  const [{ n, x, y }, all] = [await file.rows(split, chosen), await file.labels(split)]
  const labels = all && Int32Array.from(chosen, (row) => all[row])
  return { points: Float64Array.from(await seenTargets(saved, n, x, y)), n, labels, of }
}

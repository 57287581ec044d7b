import type { ErrorStatistics, TrainingStatistics } from '../../../shared/trainingStatistics'
import type { DatasetFile } from '../../datasets/datasetFile'
import { trainingPixels } from '../../datasets/pixelStatistics'
import { weightTensors } from '../../models/batchedGraph'
import { weightsOfClass } from '../../models/classWeights'
import { selectExamples, type Examples } from '../../models/examples'
import { ReconstructionErrors } from '../../models/reconstructionErrors'
import type { SavedModel } from '../../saved/savedModel'
import { asSeen } from '../../saved/seen'
import { quantile } from '../../statistics/pixels'
import { breathe, type TaskContext } from '../context'
import { rowsOfClass } from '../data/holdOut'

/** Images of a split whose reconstruction is looked at, at most: 99.9 % of them is all but two. */
const mostImages = 2000
const share = 0.999

/** Of the images that a finished model was made of; null without any. */
export async function trainingStatistics(
  file: DatasetFile,
  model: SavedModel,
  { backend, signal }: TaskContext,
): Promise<TrainingStatistics | null> {
  const letIn = () => breathe(signal)
  const pixels = await trainingPixels(file, letIn)
  if (pixels === null) return null
  const errors: { x: number[]; y: number[] } = { x: [], y: [] }
  const evaluation = await ReconstructionErrors.compile(backend, model.description, mostImages)
  const add = async (modelClass: number | null, images: Examples) => {
    const found = await evaluation.run(images, weightTensors(weightsOfClass(model, modelClass)), letIn)
    errors.x.push(...found.x)
    errors.y.push(...(found.y ?? []))
  }
  try {
    for (const split of ['train', 'valid'] as const) {
      const rows = await file.rows(split, spread(file.info.n[split]))
      if (rows.n === 0) continue
      const seen = await asSeen(model, rows, letIn)
      if (model.classes === null) await add(null, seen)
      for (let modelClass = 0; modelClass < (model.classes ?? 0); modelClass++) {
        const own = rowsOfClass(rows.labels ?? new Int32Array(0), modelClass)
        if (own.length > 0) await add(modelClass, selectExamples(seen, own))
      }
    }
  } finally {
    await evaluation.dispose()
  }
  return { pixels, reconstructionError: { x: ofErrors(errors.x), y: ofErrors(errors.y) } }
}

/** Places of at most `mostImages` of n images, evenly apart. */
function spread(n: number): number[] {
  const stride = Math.max(1, Math.ceil(n / mostImages))
  return Array.from({ length: Math.ceil(n / stride) }, (_, index) => index * stride)
}

/** Null of none, and of what is no number. */
function ofErrors(errors: readonly number[]): ErrorStatistics | null {
  if (errors.length === 0 || !errors.every(Number.isFinite)) return null
  return { n: errors.length, most: quantile(errors, share) }
}

import { float32, type Tensor, type Tensors } from '../../compute/tensor'
import { pixelValues } from '../../datasets/datasetFile'
import { openFresh } from '../../datasets/freshExamples'
import type { PretrainJob } from '../jobs'
import { type TrainingData } from './trainingData'
import type { Examples } from '../../models/examples'
import { prepared } from '../../saved/seen'

/** Examples as the step graph takes them: x [n, D], and y [n, D'] for pairs. */
export function imageTensors({ n, x, y }: Examples): Tensors {
  const tensors: Record<string, Tensor> = { x: float32(x, [n, x.length / n]) }
  if (y !== null) tensors.y = float32(y, [n, y.length / n])
  return tensors
}

/**
 * The examples of each epoch (counted from 0), where the job has fresh ones: those of epoch 0 are the dataset's own.
 * @param learn the dataset's training examples as the model sees them
 */
export async function freshTensors(
  { fresh, spec }: Pick<PretrainJob, 'fresh' | 'spec'>,
  data: TrainingData,
  learn: Examples,
): Promise<((epoch: number) => Promise<Tensors>) | null> {
  if (fresh === null) return null
  const draw = await openFresh(fresh.recipe, fresh.sourcePath)
  return async (epoch) => {
    if (epoch === 0) return imageTensors(learn)
    const { x, y } = await draw(epoch)
    const drawn = { n: learn.n, x: pixelValues(x), y: y === null ? null : pixelValues(y) }
    return imageTensors(await prepared(drawn, null, data, spec.preprocess))
  }
}

import { WorkbenchError } from '../../../shared/errors'
import type { SplitName } from '../../../shared/datasets'
import type { RunSpec } from '../../../shared/spec/schema'
import { openDatasetFile } from '../../datasets/datasetFile'
import { checkPixelRange } from '../../models/pixelRange'
import { centreOf } from '../../models/preprocess'
import type { Learned } from '../../saved/learnedArrays'
import { readWhitening } from '../../saved/whiteningFile'
import type { Examples } from '../../models/examples'
import { checkSquares } from './pixelScale'

export interface SplitExamples extends Examples {
  labels: Int32Array | null
}

/** The centre is learned when the data is read, the whitening by the run's first task. */
export interface TrainingData extends Learned {
  /** Pixels of x and of y. */
  inputs: number
  targets: number | null
  /** Names of the classes; null without labels. */
  classNames: string[] | null
  /** As stored, before preprocessing. */
  train: SplitExamples
  valid: SplitExamples
}

/**
 * Reads what training needs of a dataset.
 * @param whitening file of the run's whitening; null without
 * @throws PIXELS_RANGE where Bernoulli visibles cannot take it, PIXELS_TOO_LARGE
 */
export async function readTrainingData(path: string, spec: RunSpec, whitening: string | null): Promise<TrainingData> {
  const { info, split } = await openDatasetFile(path)
  const [train, valid] = [await split('train'), await split('valid')]
  if (train.n === 0) throw emptySplit(spec.dataset, 'train')
  for (const { x, y } of [train, valid]) checkPixelRange(spec.model.visible, { x, y }, spec.dataset)
  const inputs = info.shape[0] * info.shape[1]
  const targets = info.targetShape === null ? null : info.targetShape[0] * info.targetShape[1]
  const x = centreOf(spec.preprocess, train.x, inputs)
  const y = targets === null || train.y === null ? null : centreOf(spec.preprocess, train.y, targets)
  const centre = x === null ? null : { x, y }
  checkSquares(train, { inputs, targets, centre }, spec, 'train')
  checkSquares(valid, { inputs, targets, centre }, spec, 'valid')
  return {
    inputs,
    targets,
    classNames: info.classes,
    centre,
    whitening: whitening === null ? null : await readWhitening(whitening, { inputs, targets }),
    train,
    valid,
  }
}

export const emptySplit = (dataset: string, split: SplitName): WorkbenchError =>
  new WorkbenchError('SPLIT_EMPTY', `The ${split} split has no examples`, {
    where: dataset,
    remedy: 'Import or generate the dataset with such a split.',
  })

/** Number of classes, for runs that classify. @throws LABELS_NEEDED */
export function classCount({ classNames }: TrainingData, spec: RunSpec): number {
  const classes = classNames?.length ?? null
  if (classes !== null && classes >= 2) return classes
  throw new WorkbenchError('LABELS_NEEDED', 'A classifier needs images of two classes or more', {
    where: spec.dataset,
    remedy: 'Leave `classifier` out of the spec, or choose a labelled dataset.',
  })
}

import type { RunSpec } from '../../../shared/spec/schema'
import { type TrainingData } from '../data/trainingData'
import { holdOut, rowsOfClass } from '../data/holdOut'
import type { Examples } from '../../models/examples'
import { prepared } from '../../saved/seen'

/** Images of a classifier with their labels, as the models see them. */
export interface LabelledExamples extends Examples {
  labels: Int32Array
}

/** @param rows of the split; null: all */
export async function labelledExamples(
  split: TrainingData['train'],
  rows: number[] | null,
  data: TrainingData,
  spec: RunSpec,
): Promise<LabelledExamples> {
  const labels = split.labels ?? new Int32Array(0)
  return {
    ...(await prepared(split, rows, data, spec.preprocess)),
    labels: rows === null ? labels : Int32Array.from(rows, (row) => labels[row]),
  }
}

/** Training rows that the models have not seen, where some were held out; else null, all of them. */
export function heldOutRows({ train: { labels } }: TrainingData, spec: RunSpec, classes: number): number[] | null {
  const fraction = spec.classifier?.holdout ?? 0
  if (fraction === 0 || labels === null) return null
  return Array.from({ length: classes }, (_, modelClass) => [
    ...holdOut(rowsOfClass(labels, modelClass), fraction, spec.seed, modelClass).keep,
  ]).flat()
}

import { scaleNotices } from './farFromTraining'
import { negativeCoefficients } from './negativeCoefficients'
import type { Evaluation, RunDetail } from './runs'
import type { ClassifierSpec } from './spec/schema'

const fitWords: Readonly<Record<ClassifierSpec['finetune'], string>> = {
  biases: "biases alone are fitted: the paper's eq. 7/8",
  scales: "biases and scales of the terms are fitted: this goes beyond the paper's eq. 7/8",
  all: "all weights are fitted through the energies: this goes beyond the paper's eq. 7/8",
}

/** What of a classifier is fitted, and whether that is the paper's; null without a classifier. */
export const fittedWords = (classifier: ClassifierSpec | undefined): string | null =>
  classifier === undefined ? null : fitWords[classifier.finetune]

/** What is to be known before the results of a run are believed. */
export function runNotices({
  valid,
  test,
  dataset,
  datasetInfo,
}: Pick<RunDetail, 'valid' | 'test' | 'dataset' | 'datasetInfo'>): string[] {
  const results = [valid, test].filter((result): result is Evaluation => result !== null)
  const training = results.find((result) => result.training !== undefined)?.training
  const coefficients = results.find((result) => result.coefficients !== undefined)?.coefficients
  const negative = coefficients === undefined ? null : negativeCoefficients(coefficients, datasetInfo?.classes ?? null)
  const scales = results.flatMap(({ split, pixels }) =>
    training === undefined || pixels === undefined
      ? []
      : scaleNotices(`${dataset}, ${split},`, pixels, training.pixels),
  )
  return [...scales, ...(negative === null ? [] : [negative])]
}

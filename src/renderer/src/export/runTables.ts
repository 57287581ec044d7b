import type { Evaluation, Metric, Prediction } from '../../../shared/runs'
import { toCsv } from './csv'
import { originCells, originColumns, type Origin } from './provenance'

/** Every epoch of every model: losses as trained, errors as fractions. */
export const curvesCsv = (origin: Origin, metrics: readonly Metric[], classes: readonly string[] | null): string =>
  toCsv(
    [...originColumns, 'phase', 'class', 'class_name', 'epoch', 'train_loss', 'valid_loss', 'valid_error', 'seconds'],
    metrics.map((metric) => [
      ...originCells(origin),
      metric.phase,
      metric.class,
      metric.class === null ? null : (classes?.[metric.class] ?? null),
      metric.epoch,
      metric.trainLoss,
      metric.validLoss,
      metric.validError,
      metric.seconds,
    ]),
  )

/** One row a cell of the confusion matrix: counts and shares of the true class. */
export function confusionCsv(origin: Origin, evaluation: Evaluation, classes: readonly string[] | null): string {
  const matrix = evaluation.confusion ?? []
  return toCsv(
    [...originColumns, 'split', 'true', 'predicted', 'images', 'share_of_true'],
    matrix.flatMap((row, label) => {
      const total = row.reduce((sum, count) => sum + count, 0)
      return row.map((count, predicted) => [
        ...originCells(origin),
        evaluation.split,
        classes?.[label] ?? label,
        classes?.[predicted] ?? predicted,
        count,
        total === 0 ? null : count / total,
      ])
    }),
  )
}

/** Misclassified images: index in the split, classes, the score E_i + B_i of each class. */
export const predictionsCsv = (
  origin: Origin,
  split: string,
  predictions: readonly Prediction[],
  classes: readonly string[],
): string =>
  toCsv(
    [...originColumns, 'split', 'index', 'label', 'predicted', ...classes.map((_, index) => `s_${index}`)],
    predictions.map(({ index, label, predicted, scores }) => [
      ...originCells(origin),
      split,
      index,
      label,
      predicted,
      ...scores,
    ]),
  )

import { measuredSplits, measures, type RunMeasure } from '../../../shared/measures'
import type { Evaluation, Metric, Prediction, RunSummary } from '../../../shared/runs'
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

/** Images of a split: index in it, classes, the score of each class. */
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

const states = ['status', 'kind', 'classifier', 'engine', 'device', 'created', 'finished'] as const

/** `valid_n`, then of each measure `test_error`, and `test_error_low`, `test_error_high` where it has an interval. */
const columnsOf = ({ key, formatInterval }: RunMeasure): string[] => {
  const name = key.replaceAll('.', '_')
  return formatInterval === null ? [name] : [name, `${name}_low`, `${name}_high`]
}

/** The runs table: errors as fractions with their 95 % Wilson interval, times as ISO 8601; tags with commas between them. */
export const runsCsv = (runs: readonly RunSummary[]): string =>
  toCsv(
    [
      ...originColumns,
      ...states,
      ...measuredSplits.map((split) => `${split}_n`),
      ...measures.flatMap(columnsOf),
      ...['tags', 'note'],
    ],
    runs.map((run) => [
      ...originCells(run),
      ...states.map((state) => run[state]),
      ...measuredSplits.map((split) => run[split]?.n ?? null),
      ...measures.flatMap((measure) => {
        const found = measure.read(run)
        const ends = measure.formatInterval === null ? [] : (found?.interval ?? [null, null])
        return [found?.value ?? null, ...ends]
      }),
      run.tags.join(', '),
      run.note,
    ]),
  )

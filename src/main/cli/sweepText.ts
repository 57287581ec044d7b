import { evaluationDocument } from '../../shared/measures'
import { absent, formatDuration } from '../../shared/numbers'
import type { BestSetting, MeanAndDeviation, SweepDetail, SweepPlan, SweepRun } from '../../shared/sweeps'
import { table } from './output'

const runDocument = ({ valid, test, error, ...run }: SweepRun) => ({
  ...run,
  valid: valid && evaluationDocument(valid),
  test: test && evaluationDocument(test),
  ...(error === null ? {} : { error }),
})

/** A sweep as the command line's JSON has it. */
export const sweepDocument = (detail: SweepDetail | SweepPlan) => ({
  sweep: detail.sweep,
  name: detail.name,
  dataset: detail.dataset,
  method: detail.spec.method,
  seeds: detail.spec.seeds,
  rungs: detail.rungs,
  progress: detail.progress,
  runs: detail.runs.map(runDocument),
  best: detail.best,
  notices: detail.notices,
  ...('cost' in detail ? { cost: detail.cost } : {}),
})

/** A value of a setting in a line: text without quotes. */
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

export const settingsText = (settings: Record<string, unknown>): string =>
  Object.entries(settings)
    .map(([key, value]) => `${key} ${shown(value)}`)
    .join(', ')

const spreadText = ({ mean, std }: MeanAndDeviation, format: (value: number) => string): string =>
  std === null ? format(mean) : `${format(mean)} ± ${format(std)}`

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`
const digits = (value: number): string => value.toPrecision(4)

/** "error 1.20 % ± 0.30 %", of runs without a classifier "loss 12.3 ± 0.1" */
export function bestText({ settings, valid, n, by }: BestSetting): string {
  const spread = by === 'valid.error' ? valid.error : valid.loss
  const figure = spread === null ? absent : spreadText(spread, by === 'valid.error' ? percent : digits)
  const what = by === 'valid.error' ? 'error' : 'loss'
  const where = settingsText(settings)
  return `Best: ${where === '' ? 'the base' : where}: validation ${what} ${figure} (n ${n}).`
}

function figure(evaluation: SweepRun['valid']): string {
  if (evaluation === null) return absent
  if (evaluation.error !== null) return percent(evaluation.error)
  return evaluation.loss === null ? absent : digits(evaluation.loss)
}

/** A sweep for people. */
export function sweepText(detail: SweepDetail | SweepPlan, axes: readonly string[]): string {
  const { name, runs, progress, best, notices } = detail
  const planned = 'cost' in detail
  const rows = runs.map((run) => [
    run.name,
    ...axes.map((key) => (key in run.settings ? shown(run.settings[key]) : absent)),
    String(run.seed),
    planned && run.status === 'missing' ? 'to be made' : run.status,
    figure(run.valid),
    figure(run.test),
  ])
  const counts = (['failed', 'running', 'queued'] as const).flatMap((status) =>
    progress[status] > 0 ? [`${progress[status]} ${status}`] : [],
  )
  const head = planned
    ? `${name}: ${progress.of} runs, none is made yet`
    : `${name}: ${progress.done} of ${progress.of} runs done`
  return [
    [head, ...counts].join(', ') + '.',
    table(['run', ...axes, 'seed', 'status', 'validation', 'test'], rows),
    ...(best === null ? [] : [bestText(best)]),
    ...notices,
    ...(planned ? [costText(detail)] : []),
  ].join('\n')
}

const costText = ({ count, cost: { seconds, slots, unknown } }: SweepPlan): string =>
  seconds === null
    ? `No estimate of the time yet: no run like ${unknown === count.missing ? 'them' : `${unknown} of them`} has finished here.`
    : `About ${formatDuration(seconds)}, ${slots === 1 ? 'one run' : `${slots} runs`} at once with one thread each.`

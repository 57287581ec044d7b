import type { RunDetail } from '../../../shared/runs'
import { costShape } from '../../../shared/spec/costShape'
import type { RunSpec } from '../../../shared/spec/schema'
import { formatPlural } from '../format'
import { same } from '../../../shared/spec/paths'
import { formatDuration } from '../../../shared/numbers'

/**
 * Seconds that a run will take, by finished runs of the same model and as many training examples, in proportion to
 * the epochs; null without any.
 */
export function estimateSeconds(
  spec: RunSpec,
  train: number,
  finished: readonly RunDetail[],
): { low: number; high: number; runs: number } | null {
  const wanted = costShape(spec)
  const seconds = finished
    .filter((run) => run.datasetInfo?.n.train === train && same(costShape(run.spec), wanted))
    .map((run) => (run.seconds * spec.epochs) / run.spec.epochs)
  return seconds.length === 0 ? null : { low: Math.min(...seconds), high: Math.max(...seconds), runs: seconds.length }
}

/** The estimate in words: "about 14 s, by 2 finished runs like it" */
export function estimateText(estimate: ReturnType<typeof estimateSeconds>): string {
  if (estimate === null) return 'no estimate yet'
  const { low, high, runs } = estimate
  const [from, to] = [formatDuration(low), formatDuration(high)]
  return `about ${from === to ? from : `${from} to ${to}`}, by ${formatPlural(runs, 'finished run')} like it`
}

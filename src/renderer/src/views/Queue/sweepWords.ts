import { absent } from '../../../../shared/numbers'
import type { BestSetting, MeanAndDeviation, SweepPlan, SweepProgress, SweepRun } from '../../../../shared/sweeps'
import { formatEta, formatPlural, formatShort } from '../../format'

/** Runs of a list that are shown: the table of runs has them all. */
export const mostShown = 200

const lastOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1)

/** Its last word, where no other axis ends in the same. */
export const axisTitle = (key: string, keys: readonly string[]): string =>
  keys.filter((other) => lastOf(other) === lastOf(key)).length > 1 ? key : lastOf(key)

/** A value in a line: text as it is, numbers with six digits. */
export function settingText(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)))
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** "learningRate 0.01, level 0.3" */
export const settingsText = (settings: Record<string, unknown>): string =>
  Object.entries(settings)
    .map(([key, value]) => `${lastOf(key)} ${settingText(value)}`)
    .join(', ') || 'the base'

/** "6 settings x 3 seeds = 18 runs, about 4 min with 2 at once" */
export function countText(plan: SweepPlan): string {
  const seeds = plan.spec.seeds?.length ?? 1
  const settings = formatPlural(plan.rungs[0]?.settings ?? 0, 'setting')
  const there = plan.count.runs - plan.count.missing
  const made = there === 0 ? '' : `; ${there} of them ${there === 1 ? 'is' : 'are'} there already`
  return `${settings} x ${formatPlural(seeds, 'seed')} = ${formatPlural(plan.count.runs, 'run')}${made}`
}

export function costText({ cost }: SweepPlan): string {
  if (cost.seconds === null) return 'no estimate yet: no run like them has finished here'
  if (cost.seconds === 0) return ''
  return `${formatEta({ eta: Math.max(1, cost.seconds), fraction: 0 })}, ${cost.slots === 1 ? 'one run' : `${cost.slots} runs`} at once with one thread each`
}

export function progressText({ done, running, queued, missing, failed, of }: SweepProgress): string {
  const others = Object.entries({ running, queued, failed, missing }).filter(([, n]) => n > 0)
  return [`${done} of ${of} done`, ...others.map(([status, n]) => `${n} ${status}`)].join(', ')
}

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`

const spread = ({ mean, std }: MeanAndDeviation, format: (value: number) => string): string =>
  std === null ? format(mean) : `${format(mean)} ± ${format(std)}`

/** "validation error 1.20 % ± 0.30 % (n 3)" */
export function bestText({ by, valid, n }: BestSetting): string {
  const [what, found, format] =
    by === 'valid.error' ? (['error', valid.error, percent] as const) : (['loss', valid.loss, formatShort] as const)
  return `validation ${what} ${found === null ? absent : spread(found, format)} (n ${n})`
}

export function figureText({ valid }: SweepRun): string {
  if (valid === null) return absent
  if (valid.error !== null) return percent(valid.error)
  return valid.loss === null ? absent : formatShort(valid.loss)
}

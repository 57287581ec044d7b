import type { BestSetting, MeanAndDeviation, Rung, SweepRun, SweepSpec } from '../../shared/sweeps'
import { edgeNotices } from './edges'

export interface Judged {
  best: BestSetting | null
  notices: string[]
}

/** A setting on one rung, with its runs over seeds. */
interface Group {
  setting: number
  settings: Record<string, unknown>
  runs: SweepRun[]
}

/** Mean and standard deviation (with n - 1). */
export function meanOf(values: readonly number[]): MeanAndDeviation {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { mean, std: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, std: Math.sqrt(squares / (values.length - 1)) }
}

type Key = 'error' | 'nll' | 'loss'

const spreadOf = ({ runs }: Group, key: Key): MeanAndDeviation | null => {
  const values = runs.flatMap(({ valid }) => valid?.[key] ?? [])
  return values.length === runs.length && runs.length > 0 ? meanOf(values) : null
}

export function groupsOf(runs: readonly SweepRun[], rung: number): Group[] {
  const groups = new Map<number, Group>()
  for (const run of runs) {
    if (run.rung !== rung) continue
    const group = groups.get(run.setting) ?? { setting: run.setting, settings: run.settings, runs: [] }
    group.runs.push(run)
    groups.set(run.setting, group)
  }
  return [...groups.values()]
}

/**
 * What a setting is judged by: the mean validation error over its seeds, of runs without a classifier the mean loss.
 * Null before all of its runs are done, and where there is nothing to validate on.
 */
export function scoreOf(group: Group, by: BestSetting['by']): number | null {
  if (group.runs.some(({ status }) => status !== 'done')) return null
  return spreadOf(group, by === 'valid.error' ? 'error' : 'loss')?.mean ?? null
}

/** The measure that the settings of a sweep are compared by. */
export const measureOfRuns = (classifiers: readonly boolean[]): BestSetting['by'] =>
  classifiers.every((classifier) => classifier) ? 'valid.error' : 'valid.loss'

/** The best setting of the last rung of which all runs have ended, by validation alone. */
export function judge(
  spec: SweepSpec,
  runs: readonly SweepRun[],
  rungs: readonly Rung[],
  by: BestSetting['by'],
): Judged {
  const rung = lastEnded(runs, rungs)
  const groups = groupsOf(runs, rung)
  const scored = groups.flatMap((group) => {
    const score = scoreOf(group, by)
    return score === null ? [] : [{ group, score }]
  })
  const [first, ...others] = scored
  if (first === undefined) return { best: null, notices: [] }
  const halves = spec.halving !== null
  const { group } = others.reduce((best, one) => (one.score < best.score ? one : best), first)
  const best: BestSetting = {
    settings: group.settings,
    setting: group.setting,
    n: group.runs.length,
    by,
    of: halves ? (rungs[0]?.settings ?? 0) : scored.length,
    valid: { error: spreadOf(group, 'error'), nll: spreadOf(group, 'nll'), loss: spreadOf(group, 'loss') },
    runs: group.runs.flatMap(({ run }) => run ?? []),
  }
  const tried = (halves ? groupsOf(runs, 1) : scored.map((one) => one.group)).map(({ settings }) => settings)
  return {
    best,
    notices: [
      bestNotice(best, groups, scored.length, halves ? (rungs[rung - 1] ?? null) : null, spec),
      ...edgeNotices(spec, best.settings, tried),
    ],
  }
}

/** The highest rung whose runs have all ended; the first where none has. */
function lastEnded(runs: readonly SweepRun[], rungs: readonly Rung[]): number {
  for (let rung = rungs.length; rung > 1; rung--) {
    const here = runs.filter((run) => run.rung === rung)
    if (here.length > 0 && here.every(({ status }) => status === 'done' || status === 'failed')) return rung
  }
  return 1
}

function bestNotice(
  { of, n, by }: BestSetting,
  groups: readonly Group[],
  compared: number,
  rung: Rung | null,
  { axes }: SweepSpec,
): string {
  const failed = groups.filter(({ runs }) => runs.some(({ status }) => status === 'failed')).length
  const open = groups.length - compared - failed
  const seeds = n === 1 ? '' : `, the mean over ${n} seeds`
  const how = rung === null ? '' : `; ${compared} of them trained for ${formatEpochs(rung.epochs ?? 0)}`
  const words = [`Best of ${of} by validation ${by === 'valid.error' ? 'error' : 'loss'}${seeds}${how}.`]
  if (failed > 0) words.push(`${failed} with a failed run ${failed === 1 ? 'is' : 'are'} left out.`)
  if (open > 0) words.push(`${open} ${open === 1 ? 'is' : 'are'} not finished.`)
  const unlike = Object.keys(axes).filter((key) => /^(preprocess\b|model\.visible$)/.test(key))
  if (by === 'valid.loss' && unlike.length > 0) {
    words.push(`Losses under different ${unlike.join(', ')} are of different scales: they hardly compare.`)
  }
  return words.join(' ')
}

export const formatEpochs = (epochs: number): string => `${epochs} epoch${epochs === 1 ? '' : 's'}`

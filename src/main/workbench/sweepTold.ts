import type { SweepDetail, SweepProgress, SweepRun } from '../../shared/sweeps'
import type { KeptRun, KeptSweep, ListedRun } from '../store/sweeps'
import type { Store } from '../store/store'
import { formatEpochs, judge, measureOfRuns } from '../sweeps/best'
import { hasDiverged } from '../sweeps/diverged'
import { epochsOf } from '../sweeps/halving'
import type { PlannedRun } from '../sweeps/list'
import type { PlannedSweep } from './sweepPlan'

const stopped: readonly string[] = ['cancelled', 'interrupted', 'missing']

/** What is said of a sweep that is kept: its list with what became of it, how far it is, the best so far. */
export async function toldSweep(store: Store, sweep: KeptSweep): Promise<SweepDetail> {
  const kept = await store.sweeps.runs(sweep.id)
  const results = await store.results.listAll(kept.flatMap(({ run }) => run ?? []))
  const runs = kept.map((one): SweepRun => {
    const own = one.run === null ? [] : (results.get(one.run) ?? [])
    return {
      ...bare(one),
      run: one.run,
      status: one.inBin ? 'missing' : (one.status ?? 'missing'),
      valid: own.find(({ split }) => split === 'valid') ?? null,
      test: own.find(({ split }) => split === 'test') ?? null,
      error: one.error,
    }
  })
  const by = measureOfRuns(kept.map(({ spec }) => spec.classifier !== undefined))
  const { best, notices } = judge(sweep.spec, runs, sweep.rungs, by)
  return {
    sweep: sweep.id,
    name: sweep.name,
    created: sweep.created,
    spec: sweep.spec,
    dataset: sweep.spec.dataset ?? '',
    runs,
    rungs: sweep.rungs,
    progress: progressOf(sweep, kept, runs),
    best,
    notices: [...sweep.notices, ...rungNotices(sweep), ...divergedNotices(runs), ...notices],
  }
}

/** What is said of a sweep that is not made. */
export function toldPlan(
  { name, spec, facts, rungs, notices }: PlannedSweep,
  list: readonly PlannedRun[],
): SweepDetail {
  const runs = list.map((one): SweepRun => ({
    ...bare(one),
    run: null,
    status: 'missing',
    valid: null,
    test: null,
    error: null,
  }))
  const of = totalRuns(rungs, spec.seeds.length)
  return {
    sweep: null,
    name,
    created: null,
    spec,
    dataset: facts.name,
    runs,
    rungs,
    progress: { done: 0, running: 0, queued: 0, missing: of, failed: 0, of, fraction: 0 },
    best: null,
    notices: [...notices, ...rungNotices({ rungs })],
  }
}

const bare = ({ name, settings, seed, setting, rung, spec }: ListedRun) => ({
  name,
  settings,
  seed,
  setting,
  rung,
  epochs: spec.epochs,
})

const totalRuns = (rungs: KeptSweep['rungs'], seeds: number): number =>
  rungs.reduce((sum, { settings }) => sum + settings * seeds, 0)

/** "8 settings at 2 epochs; the best 2 go on to 8" and what does not. */
function rungNotices({ rungs }: Pick<KeptSweep, 'rungs'>): string[] {
  const [first, ...later] = rungs
  if (first === undefined || later.length === 0) return []
  const goOn = later.map(
    ({ settings, epochs }) => `the best ${settings === 1 ? 'one goes' : `${settings} go`} on to ${epochs}`,
  )
  const anew = later[0]?.anew ?? null
  const how =
    anew === null
      ? 'from their checkpoints'
      : `anew and not from their checkpoints (${anew}), which costs all of their epochs again`
  return [`${first.settings} settings at ${formatEpochs(first.epochs ?? 0)}; ${goOn.join(', ')}, ${how}.`]
}

function divergedNotices(runs: readonly SweepRun[]): string[] {
  const diverged = runs.filter(hasDiverged)
  if (diverged.length === 0) return []
  const names = diverged.slice(0, 5).map(({ name }) => name)
  return [
    `${diverged.length === 1 ? 'One run' : `${diverged.length} runs`} diverged, and would again: ${names.join(', ')}${diverged.length > 5 ? ', ...' : ''}.`,
  ]
}

function progressOf({ rungs, spec }: KeptSweep, kept: readonly KeptRun[], runs: readonly SweepRun[]): SweepProgress {
  const count = (wanted: (status: SweepRun['status']) => boolean) => runs.filter(({ status }) => wanted(status)).length
  const of = totalRuns(rungs, spec.seeds?.length ?? 1)
  const weights = kept.map((one) => epochsOf(one.spec, rungs, one.rung - 1))
  // Of rungs that are not made yet nobody knows which settings; they are as long as those of the first one.
  const made = Math.max(...kept.map(({ rung }) => rung), 1)
  const [first] = kept
  const later = rungs.reduce((sum, rung, at) => {
    if (at < made || first === undefined) return sum
    return sum + rung.settings * (spec.seeds?.length ?? 1) * epochsOf(first.spec, rungs, at)
  }, 0)
  const whole = weights.reduce((sum, weight) => sum + weight, later)
  const trained = runs.reduce((sum, { status }, at) => {
    const share = status === 'done' || status === 'failed' ? 1 : (kept[at]?.progress?.fraction ?? 0)
    return sum + share * (weights[at] ?? 0)
  }, 0)
  return {
    done: count((status) => status === 'done'),
    running: count((status) => status === 'running'),
    queued: count((status) => status === 'queued'),
    missing: count((status) => stopped.includes(status)),
    failed: count((status) => status === 'failed'),
    of,
    fraction: whole === 0 ? 0 : trained / whole,
  }
}

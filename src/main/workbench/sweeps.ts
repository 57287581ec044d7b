import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { Dataset } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { RunSpec } from '../../shared/spec/schema'
import type { SweepDetail, SweepPlan, SweepQuery, SweepRequest, SweepSummary } from '../../shared/sweeps'
import type { SweepsApi } from '../api/sweeps'
import type { KeptRun, KeptSweep, NewListedRun } from '../store/sweeps'
import type { Store } from '../store/store'
import { groupsOf, measureOfRuns, scoreOf } from '../sweeps/best'
import { hasDiverged } from '../sweeps/diverged'
import { epochsOf, promoted, whyAnew } from '../sweeps/halving'
import { grown } from '../sweeps/identity'
import { runsOf, type PlannedRun } from '../sweeps/list'
import type { DatasetService } from './datasets'
import type { EventBus } from './events'
import type { MachineMemory } from './machineMemory'
import type { RunQueue } from './queue'
import type { RunService } from './runs'
import { roomOf } from './room'
import { costOf } from './sweepCost'
import { planSweep, type PlannedSweep } from './sweepPlan'
import { toldPlan, toldSweep } from './sweepTold'

/** So many finished runs are looked through for some that are like those planned. */
const mostFinished = 300

/** A running one that is cancelled checkpoints first. */
const stopMilliseconds = 15_000
const lookMilliseconds = 200

interface Dependencies {
  store: Store
  events: EventBus
  datasets: DatasetService
  runs: Pick<RunService, 'cancel' | 'restore' | 'resume'>
  queue: RunQueue
  machine: () => MachineMemory
  onFault: (error: unknown) => void
}

/** A user's acts on sweeps: many runs made at once, each of them one of the queue. */
export class SweepService implements SweepsApi {
  readonly #stop = new AbortController()
  #advancing: Promise<void> = Promise.resolve()

  constructor(private readonly dependencies: Dependencies) {}

  /** In a workbench that stays open: the next rung of a halving begins when the one before has ended, whoever ends it. */
  start(): void {
    void this.#advanceAll()
    void this.#follow()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#advancing
  }

  async list(): Promise<SweepSummary[]> {
    const all = await this.#store.sweeps.list()
    return Promise.all(
      all.map(async (sweep) => {
        const { runs: _, ...told } = await toldSweep(this.#store, sweep)
        return { ...told, sweep: sweep.id, created: sweep.created }
      }),
    )
  }

  /** @throws WorkbenchError SWEEP_NOT_FOUND, SWEEP_AMBIGUOUS */
  async get({ sweep, limit }: SweepQuery): Promise<SweepDetail> {
    const told = await toldSweep(this.#store, await this.#store.sweeps.find(sweep))
    return { ...told, runs: told.runs.slice(0, limit) }
  }

  /** What a spec would make; nothing is made. @throws WorkbenchError as `create` does */
  async plan({ spec, limit }: SweepRequest): Promise<SweepPlan> {
    const planned = await planSweep(this.dependencies, spec, false)
    const before = await this.#store.sweeps.named(planned.name)
    const larger = before === null ? planned.spec : (grown(planned.name, before.spec, planned.spec) ?? before.spec)
    const whole = { ...planned, spec: { ...planned.spec, ...larger } }
    const list = firstRung(whole)
    const told = toldPlan(whole, list)
    const there = before === null ? null : await toldSweep(this.#store, before)
    const known = new Map(there?.runs.map((run) => [run.name, run]))
    const runs = told.runs.map((run) => known.get(run.name) ?? run)
    const fresh = list.filter(({ name }) => known.get(name)?.run == null)
    const { slots } = roomOf((await this.#store.queue.kept()).slots, availableParallelism())
    const finished = await this.#store.queue.finished(mostFinished)
    const later = before === null ? laterRungs(whole) : []
    const cost = costOf([...fresh.map((run) => run.spec), ...later], planned.facts.n.train, finished, slots)
    const count = { runs: runs.length, missing: runs.filter(({ status }) => status === 'missing').length }
    const kept = { sweep: before?.id ?? null, created: before?.created ?? null }
    return { ...told, ...kept, runs: runs.slice(0, limit), count, cost }
  }

  /**
   * Makes a sweep: its whole list is written, and its runs wait in the queue. One that is there already gets the runs that
   * it has grown by.
   * @throws WorkbenchError what `planSweep` and `grown` throw; nothing is made then
   */
  async create({ spec, limit }: SweepRequest, signal?: AbortSignal): Promise<SweepDetail> {
    const planned = await planSweep(this.dependencies, spec, true, signal)
    const { name, dataset } = planned
    if (dataset === null) throw new WorkbenchError('DATASET_NEEDED', `${name} has no dataset`)
    for (;;) {
      const before = await this.#store.sweeps.named(name)
      const larger = before === null ? planned.spec : grown(name, before.spec, planned.spec)
      if (before !== null && larger === null) return this.get({ sweep: before.id, limit })
      const whole = { ...planned, spec: { ...planned.spec, ...larger } }
      const made = await this.#store.sweeps.write(before, whole, dataset, firstRung(whole))
      if (made === null) continue
      await this.#told(made)
      return this.get({ sweep: name, limit })
    }
  }

  /** Queues again what was cancelled, interrupted, failed or deleted. A run that diverged would diverge again. */
  async resume({ sweep: reference, limit }: SweepQuery): Promise<SweepDetail> {
    const sweep = await this.#store.sweeps.find(reference)
    await this.#store.sweeps.setStopped(sweep.id, false)
    await this.#store.leases.markInterrupted(this.dependencies.queue.running)
    const changed: string[] = []
    for (const listed of await this.#store.sweeps.runs(sweep.id)) {
      const run = await this.#again(sweep, listed)
      if (run !== null) changed.push(run)
    }
    await this.advance(sweep.id)
    await this.#told(changed)
    return this.get({ sweep: sweep.id, limit })
  }

  /** What waits is cancelled, what runs checkpoints and stops. */
  async cancel({ sweep: reference, limit }: SweepQuery): Promise<SweepDetail> {
    const sweep = await this.#store.sweeps.find(reference)
    await this.#store.sweeps.setStopped(sweep.id, true)
    const active = async () =>
      (await this.#store.sweeps.runs(sweep.id)).filter(({ status }) => status === 'queued' || status === 'running')
    const before = await active()
    // Those that wait first: none of them shall take the place of one that stops.
    const waiting = before.flatMap(({ run, status }) => (status === 'queued' && run !== null ? run : []))
    await this.#store.runs.cancelQueued(waiting)
    const running = (await active()).flatMap(({ run }) => run ?? [])
    await Promise.all(running.map((run) => this.dependencies.runs.cancel({ run })))
    for (let waited = 0; waited < stopMilliseconds && (await active()).length > 0; waited += lookMilliseconds) {
      await wait(lookMilliseconds)
    }
    await this.#told(waiting)
    return this.get({ sweep: sweep.id, limit })
  }

  /** Makes the next rung's runs where one has ended. @returns whether any were made */
  async advance(id: string): Promise<boolean> {
    const sweep = await this.#store.sweeps.find(id)
    if (sweep.spec.halving === null || sweep.stopped) return false
    const kept = await this.#store.sweeps.runs(sweep.id)
    const rung = Math.max(...kept.map((run) => run.rung))
    const next = sweep.rungs[rung]
    const here = kept.filter((run) => run.rung === rung)
    if (next === undefined || !here.every(hasEnded)) return false
    const { runs } = await toldSweep(this.#store, sweep)
    const by = measureOfRuns(kept.map(({ spec }) => spec.classifier !== undefined))
    const scored = groupsOf(runs, rung).map((group) => ({ setting: group.setting, score: scoreOf(group, by) }))
    const chosen = promoted(scored, next.settings)
    const list = chosen.toSorted((a, b) => a - b).flatMap((setting) => longer(sweep, here, setting))
    const dataset = await this.#datasetOf(sweep)
    const made = await this.#store.sweeps.addRung(sweep, dataset, list)
    await this.#told(made)
    return made.length > 0
  }

  async #again(sweep: KeptSweep, listed: KeptRun): Promise<string | null> {
    const { run, status, inBin } = listed
    if (run === null) {
      const goesOn = listed.rung > 1 && whyAnew(listed.spec) === null
      return this.#store.sweeps.makeAgain(sweep, await this.#datasetOf(sweep), { ...listed, goesOn })
    }
    if (inBin) await this.#store.runs.restore(run)
    const again = status === 'cancelled' || status === 'interrupted' || (status === 'failed' && !hasDiverged(listed))
    return (again && (await this.#store.runs.enqueue(run))) || inBin ? run : null
  }

  async #datasetOf({ name, datasetId, spec }: KeptSweep): Promise<Dataset> {
    const found = datasetId === null ? null : await this.#store.datasets.find(datasetId).catch(() => null)
    if (found !== null) return found
    throw new WorkbenchError('DATASET_MISSING', `Its dataset "${spec.dataset}" is gone`, {
      where: name,
      remedy: 'Restore the dataset from the bin, or make another sweep.',
      exit: 1,
    })
  }

  async #follow(): Promise<void> {
    for await (const event of this.dependencies.events.subscribe(this.#stop.signal)) {
      if (event.type !== 'run' || event.run.sweep === null) continue
      if (event.run.status === 'done' || event.run.status === 'failed') void this.#advanceAll()
    }
  }

  #advanceAll(): Promise<void> {
    this.#advancing = this.#advancing
      .then(async () => {
        for (const { id, spec } of await this.#store.sweeps.list()) {
          if (spec.halving !== null && !this.#stop.signal.aborted) await this.advance(id)
        }
      })
      .catch((error: unknown) => this.dependencies.onFault(error))
    return this.#advancing
  }

  /** Tells the windows of runs that were made or changed, and the queue. */
  async #told(runs: readonly string[]): Promise<void> {
    const { events, queue } = this.dependencies
    for (const run of runs) events.emit({ type: 'run', run: await this.#store.runs.summary(run) })
    events.emit({ type: 'queue' })
    void queue.look()
  }

  get #store(): Store {
    return this.dependencies.store
  }
}

/** The first rung, which is the whole of a sweep without a halving. */
const firstRung = ({ name, spec, rungs, settings }: PlannedSweep): PlannedRun[] =>
  runsOf(
    { name, seeds: spec.seeds, rungs },
    settings,
    settings.map((_, at) => at + 1),
    1,
  )

/** Of rungs that nobody knows the settings of yet: as many, as long as those of the first one. */
const laterRungs = ({ rungs, settings, spec: { seeds } }: PlannedSweep): RunSpec[] =>
  rungs.slice(1).flatMap((rung, at) => {
    const [first] = settings
    if (first === undefined) return []
    const like = { ...first.spec, epochs: epochsOf(first.spec, rungs, at + 1) }
    return Array.from({ length: rung.settings * seeds.length }, () => like)
  })

/** What may still be mended, its rung waits for. */
const hasEnded = (run: KeptRun): boolean => !run.inBin && (run.status === 'done' || hasDiverged(run))

/** The runs of a setting on the next rung. */
function longer({ name, spec, rungs }: KeptSweep, here: readonly KeptRun[], setting: number): NewListedRun[] {
  const of = here.filter((run) => run.setting === setting)
  const [first] = of
  if (first === undefined) return []
  const settings = Array.from({ length: setting }, () => ({ settings: first.settings, spec: first.spec }))
  return runsOf({ name, seeds: spec.seeds ?? [], rungs }, settings, [setting], first.rung + 1)
}

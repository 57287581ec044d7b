import { availableParallelism } from 'node:os'
import { toErrorData, WorkbenchError, type ErrorData } from '../../shared/errors'
import type { Dataset } from '../../shared/datasets'
import type { Progress, RunDetail } from '../../shared/runs'
import type { FreshData, SplitResult, TrainerEvent, TrainerJob } from '../../shared/trainer'
import type { Launch } from '../children/child'
import type { Silence } from '../children/pulse'
import type { Outcome } from '../store/leases'
import type { Store } from '../store/store'
import type { DeviceService, EngineChoice } from './devices'
import type { EventBus } from './events'
import { freshDataOf } from './freshData'
import type { MachineMemory } from './machineMemory'
import { closeWarning, demandMemory, memoryAnswer } from './memory'
import { finalCheckpoint, modelClasses, planRun, threadsOfModel, whiteningOf, type RunPlan } from './plan'
import { storeLocked, type OnLocked } from './patience'
import { ProgressMeter, workOf } from './progressMeter'
import { RunRecorder } from './runRecorder'
import { ToldProgress } from './toldProgress'
import { TrainerClient, TrainerDied } from './trainerClient'
import { WarmTrainers } from './warmTrainers'

export interface ExecuteOptions {
  signal: AbortSignal
  onProgress?: (progress: Progress) => void
  /** Hears of each warning about the run. */
  onWarning?: (warning: ErrorData) => void
  onLocked?: OnLocked
}

/** Why a run is stopped that shall wait again: its workbench closes. */
export const putBack = Symbol('put back')

const waitsAgain = { status: 'queued', exitReason: 'the workbench was closed', error: null } as const
const cancelled = { status: 'cancelled', exitReason: 'cancelled', error: null } as const

interface Dependencies {
  store: Store
  launch: Launch
  events: EventBus
  devices: Pick<DeviceService, 'choose'>
  machine: () => MachineMemory
  /** Told once a run, when it first waits for a store that another program has locked. */
  onFault: (error: unknown) => void
}

type JobBase = Omit<Extract<TrainerJob, { task: 'evaluate' }>, 'task' | 'checkpoint' | 'splits' | 'threads'>

/** What is to be done for a run, and whom to tell. */
interface Work {
  base: JobBase
  plan: RunPlan
  classes: (number | null)[]
  recorder: RunRecorder
  launch(): TrainerClient
  listen(event: TrainerEvent): void
  signal: AbortSignal
  /** Cores that it may use, in every phase. */
  threads: number
}

/** Carries runs out: plans what is left, hands tasks to trainers, records what they answer. */
export class RunExecutor {
  readonly #warm: WarmTrainers

  constructor(private readonly dependencies: Dependencies) {
    this.#warm = new WarmTrainers(dependencies.launch)
  }

  /** Ends the trainers that are kept for runs to come. */
  rest(): void {
    this.#warm.rest()
  }

  /**
   * Claims a run and carries it out to its end, whatever that is; the run's status tells. Epochs and checkpoints are
   * stored as they come.
   * @throws WorkbenchError RUN_BUSY where another process has the run; LEASE_LOST where one took it over meanwhile
   */
  async execute(runId: string, options: ExecuteOptions): Promise<void> {
    const { store } = this.dependencies
    const begun = await this.begin(runId, () => store.leases.claim(runId), options)
    if (begun !== null) return begun.ended
    const { name, status } = await store.runs.summary(runId)
    throw new WorkbenchError('RUN_BUSY', `${name} is ${status}`, {
      remedy: status === 'running' ? 'Another process works on it; let it finish.' : 'Resume it first.',
    })
  }

  /**
   * Begins to carry a run out, if its lease is given.
   * @returns its end, which may fail as `execute` does; null where the lease is not given
   */
  async begin(
    runId: string,
    claim: () => Promise<number | null>,
    options: ExecuteOptions,
  ): Promise<{ ended: Promise<void> } | null> {
    let told = false
    const onLocked = (seconds: number) => {
      if (!told) this.dependencies.onFault(storeLocked(seconds))
      told = true
      options.onLocked?.(seconds)
    }
    const recorder = await RunRecorder.begin(this.dependencies, runId, claim, onLocked)
    if (recorder === null) return null
    const signal = AbortSignal.any([options.signal, recorder.stop])
    const work = async () => recorder.finish(await this.#outcome(runId, recorder, { ...options, signal }))
    return { ended: work() }
  }

  async #outcome(runId: string, recorder: RunRecorder, options: ExecuteOptions): Promise<Outcome> {
    const { signal } = options
    const stopped = () => (signal.reason === putBack ? waitsAgain : cancelled)
    try {
      await this.#work(await this.dependencies.store.runs.detail(runId), recorder, options)
      if (recorder.fault !== null) throw recorder.fault
      return signal.aborted ? stopped() : { status: 'done', exitReason: 'finished', error: null }
    } catch (fault) {
      const error = toErrorData(recorder.fault ?? fault)
      const status = fault instanceof TrainerDied ? 'interrupted' : 'failed'
      const wished = signal.aborted && recorder.fault === null
      return wished ? stopped() : { status, exitReason: error.message, error }
    }
  }

  async #work(run: RunDetail, recorder: RunRecorder, options: ExecuteOptions): Promise<void> {
    const dataset = run.datasetInfo
    if (dataset === null) {
      throw new WorkbenchError('DATASET_MISSING', `Its dataset "${run.dataset}" is gone`, {
        where: run.name,
        remedy: 'Restore the dataset from the bin, or duplicate the run with another.',
        exit: 1,
      })
    }
    const { store } = this.dependencies
    const memory = memoryAnswer(run.spec, dataset, this.dependencies.machine(), { threads: run.threads })
    demandMemory(memory)
    const warning = closeWarning(memory)
    if (warning !== null) {
      recorder.warn(warning)
      options.onWarning?.(warning)
    }
    const { engine, device } = await this.#engineOf(run, options.signal)
    const base: JobBase = {
      runName: run.name,
      spec: run.spec,
      datasetPath: store.datasets.path(dataset),
      checkpointFolder: store.paths.checkpoints,
      engine,
      device,
    }
    const classes = modelClasses(run.spec, dataset.classes?.length ?? null)
    const plan = planRun(run.spec, dataset.classes?.length ?? null, await store.checkpoints.list(run.id))
    const meter = new ProgressMeter(workOf(run.spec, classes.length, dataset.n), classes.length)
    for (const one of classes) {
      if (!plan.pretrain.some((task) => task.class === one)) meter.finish('pretrain', one)
    }
    const first = plan.whiten
      ? 'whiten'
      : plan.pretrain.length > 0
        ? 'pretrain'
        : plan.fit !== null
          ? 'fit'
          : 'evaluate'
    const told = new ToldProgress(meter, first, (progress) => {
      recorder.progress(progress)
      options.onProgress?.(progress)
    })
    const listen = (event: TrainerEvent) => {
      recorder.take(event)
      if (event.type === 'checkpoint' && event.checkpoint.final) {
        meter.finish(event.checkpoint.phase, event.checkpoint.class)
      }
      if (event.type === 'progress') told.take(event)
      if (event.type === 'warning') options.onWarning?.(event.warning)
    }
    // With threads of its own it is one of several: the next one takes its trainers over.
    const start = run.threads === null ? this.dependencies.launch : this.#warm.launch
    const launch = (): TrainerClient => {
      const key = {}
      return new TrainerClient(start, (silence) => told.silence(key, silence), memory)
    }
    try {
      const threads = run.threads ?? availableParallelism()
      const { signal } = options
      await this.#tasks(run, dataset, { base, plan, classes, recorder, launch, listen, signal, threads })
    } finally {
      told.stop()
    }
  }

  async #tasks(run: RunDetail, dataset: Dataset, work: Work): Promise<void> {
    const { store } = this.dependencies
    const { base, plan, classes, recorder, listen, signal, threads } = work
    const fresh = await freshDataOf(run.spec, dataset, store.datasets)
    if (plan.whiten) {
      await this.#whiten(work)
      await recorder.settled()
      if (signal.aborted) return
    }
    const whitening = whiteningOf(await store.checkpoints.list(run.id))
    const mayGoOn = run.sweep !== null && (await store.sweeps.mayGoOn(run.id))
    await this.#pretrain(work, { fresh, whitening, mayGoOn })
    await recorder.settled()
    if (signal.aborted) return
    const trainer = work.launch()
    try {
      if (plan.fit !== null) {
        const checkpoints = await store.checkpoints.list(run.id)
        const models = classes.map(
          (one) => checkpoints.find((c) => c.phase === 'pretrain' && c.class === one)?.path ?? '',
        )
        const { resumeFrom } = plan.fit
        await trainer.run({ ...base, task: 'fit', models, whitening, resumeFrom, threads }, listen, signal)
        await recorder.settled()
        if (signal.aborted) return
      }
      const checkpoint = finalCheckpoint(run.spec, await store.checkpoints.list(run.id))
      if (checkpoint === null) throw new WorkbenchError('NO_CHECKPOINT', 'Training ended without a model', { exit: 1 })
      const splits = (['valid', 'test'] as const).filter((split) => dataset.n[split] > 0)
      const job: TrainerJob = {
        ...base,
        task: 'evaluate',
        checkpoint: checkpoint.path,
        splits: [...splits],
        statistics: true,
        threads,
      }
      const outcome = await trainer.run(job, listen, signal)
      if (outcome.status === 'done') await recorder.results(outcome.results)
    } finally {
      trainer.stop()
    }
  }

  /** Testing a device may take long; a cancel does not wait for it. */
  #engineOf({ requestedDevice, engine, device }: RunDetail, signal: AbortSignal): Promise<EngineChoice> {
    const before = engine === null || device === null ? null : { engine, device }
    const aborted = new Promise<never>((_, reject) => {
      const stop = () => reject(new Error('cancelled', { cause: signal.reason }))
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
    return Promise.race([this.dependencies.devices.choose(requestedDevice, before), aborted])
  }

  async #whiten({ base, launch, listen, signal, threads }: Work): Promise<void> {
    const trainer = launch()
    try {
      await trainer.run({ ...base, task: 'whiten', threads }, listen, signal)
    } finally {
      trainer.stop()
    }
  }

  /** Models are independent: as many trainers of one thread as the run has, but one on a GPU; one model alone takes all. */
  async #pretrain(
    { plan, base, launch, listen, signal, threads: cores }: Work,
    data: { fresh: FreshData | null; whitening: string | null; mayGoOn: boolean },
  ): Promise<void> {
    const waiting = [...plan.pretrain]
    const trainers = Math.min(base.device === 'cpu' ? cores : 1, waiting.length)
    const threads = threadsOfModel(base.spec, cores)
    // The first fault stops the others: they checkpoint, so a resume loses nothing.
    const fault = new AbortController()
    const stop = AbortSignal.any([signal, fault.signal])
    const work = async () => {
      const trainer = launch()
      try {
        for (let task = waiting.shift(); task !== undefined && !stop.aborted; task = waiting.shift()) {
          await trainer.run({ ...base, ...task, ...data, threads }, listen, stop)
        }
      } catch (error) {
        fault.abort()
        throw error
      } finally {
        trainer.stop()
      }
    }
    const outcomes = await Promise.allSettled(Array.from({ length: trainers }, work))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  /** Evaluates a finished run on a dataset file, without recording it. */
  async evaluate(
    job: Omit<Extract<TrainerJob, { task: 'evaluate' }>, 'task' | 'engine' | 'device' | 'threads' | 'checkpointFolder'>,
    signal: AbortSignal,
    onSilence: (silence: Silence | null) => void,
  ): Promise<SplitResult[]> {
    const trainer = new TrainerClient(this.dependencies.launch, onSilence)
    try {
      const threads = availableParallelism()
      const { checkpoints } = this.dependencies.store.paths
      const engine = { engine: 'onnx', device: 'cpu', threads }
      const full: TrainerJob = { ...job, ...engine, task: 'evaluate', checkpointFolder: checkpoints }
      const outcome = await trainer.run(full, () => undefined, signal)
      if (outcome.status === 'cancelled') throw signal.reason
      return outcome.results
    } finally {
      trainer.stop()
    }
  }
}

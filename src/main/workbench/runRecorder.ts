import { rm } from 'node:fs/promises'
import type { ErrorData } from '../../shared/errors'
import type { Metric, Progress } from '../../shared/runs'
import type { SplitResult, TrainerEvent } from '../../shared/trainer'
import { leaseLost } from '../store/generation'
import type { Outcome } from '../store/leases'
import type { Store } from '../store/store'
import type { EventBus } from './events'
import { patiently, type OnLocked } from './patience'

/** Well under the fifteen seconds after which a lease may be taken by another; also how soon a cancel is seen. */
const heartbeatMilliseconds = 1000

/** Progress rows are for other processes and for a restart; windows get every progress as an event. */
const progressMilliseconds = 1000

/**
 * Writes what happens to one claimed run: engine, epochs, checkpoints, results, status. Writes are queued, in order.
 * Keeps the lease alive: `stop` aborts when somebody asked to cancel the run, in whichever process, or when another
 * process has taken the lease, or a write failed (`fault`); in the last two cases nothing more is written.
 */
export class RunRecorder {
  readonly #stop = new AbortController()
  #lost = false
  #fault: unknown = null
  readonly #heart: NodeJS.Timeout
  #writes: Promise<void> = Promise.resolve()
  #metrics: Metric[] = []
  #progressWritten = -Infinity
  #engineKnown = false
  #beating = false
  #progressWaits = false

  private constructor(
    private readonly store: Store,
    private readonly events: EventBus,
    private readonly run: string,
    private readonly generation: number,
    /** Why the run had stopped. */
    private readonly after: string | null,
    private readonly onLocked: OnLocked,
  ) {
    this.#heart = setInterval(() => void this.#beat(), heartbeatMilliseconds)
  }

  /**
   * @param claim of a lease; null where it was not given
   * @returns null without the lease
   */
  static async begin(
    { store, events }: { store: Store; events: EventBus },
    run: string,
    claim: () => Promise<number | null>,
    onLocked: OnLocked,
  ): Promise<RunRecorder | null> {
    const { exitReason } = await store.runs.detail(run)
    const generation = await claim()
    if (generation === null) return null
    const recorder = new RunRecorder(store, events, run, generation, exitReason, onLocked)
    await recorder.#tell()
    return recorder
  }

  get stop(): AbortSignal {
    return this.#stop.signal
  }

  /** What a write threw, a full disk for one; null while all is stored. */
  get fault(): unknown {
    return this.#fault
  }

  take(event: TrainerEvent): void {
    if (event.type === 'started' && !this.#engineKnown) {
      this.#engineKnown = true
      const { engine, device, dtype, versions } = event
      this.#write(async () => {
        const found = { engine, device, dtype, versions }
        await patiently(() => this.store.runs.recordEngine(this.run, this.generation, found, this.after), this.onLocked)
        await this.#tell()
      })
    }
    if (event.type === 'epoch') {
      const { type: _, ...metric } = event
      this.#metrics.push(metric)
      // Epochs that come faster than they are written go into one insert.
      this.#write(() => this.#flush())
    }
    if (event.type === 'warning') this.warn(event.warning)
    if (event.type === 'checkpoint') {
      this.#write(async () => {
        const adopt = () => this.store.checkpoints.adopt(this.run, this.generation, event.checkpoint)
        const old = await patiently(adopt, this.onLocked)
        await Promise.all(old.map((path) => rm(path, { force: true })))
      })
    }
  }

  /** A warning about the run. */
  warn(warning: ErrorData): void {
    this.#write(async () => {
      await this.store.runs.addWarning(this.run, this.generation, warning)
      await this.#tell()
    })
  }

  progress(progress: Progress): void {
    this.events.emit({ type: 'progress', run: this.run, progress })
    const now = performance.now()
    if (now - this.#progressWritten < progressMilliseconds) return
    this.#progressWritten = now
    if (this.#progressWaits) return
    this.#progressWaits = true
    this.#write(async () => {
      this.#progressWaits = false
      await patiently(() => this.store.runs.recordProgress(this.run, this.generation, progress), this.onLocked)
    })
  }

  async results(results: readonly SplitResult[]): Promise<void> {
    await this.settled()
    await patiently(() => this.store.results.put(this.run, this.generation, results), this.onLocked)
  }

  /** All writes so far are in the store. @throws what a write threw */
  settled(): Promise<void> {
    return this.#writes
  }

  /** @throws WorkbenchError LEASE_LOST where the run has become another's; its record is then the other's to write */
  async finish(outcome: Outcome): Promise<void> {
    clearInterval(this.#heart)
    await this.#writes.catch(() => undefined)
    const release = () => this.store.leases.release(this.run, this.generation, outcome)
    if (this.#lost || !(await patiently(release, this.onLocked))) {
      await this.#tell()
      throw leaseLost((await this.store.runs.summary(this.run)).name)
    }
    await this.#tell()
    const { error } = outcome
    if (error !== null) {
      this.events.emit({ type: 'problem', problem: { at: new Date().toISOString(), error, run: this.run } })
    }
  }

  async #flush(): Promise<void> {
    const metrics = this.#metrics
    if (metrics.length === 0) return
    this.#metrics = []
    await patiently(() => this.store.metrics.add(this.run, this.generation, metrics), this.onLocked)
    this.events.emit({ type: 'metrics', run: this.run, metrics })
  }

  #write(work: () => Promise<void>): void {
    this.#writes = this.#writes.then(work)
    // Training on without a record would be lost work. The rest of the queue is dropped with the rejection.
    this.#writes.catch((error: unknown) => {
      this.#fault ??= error
      this.#stop.abort()
    })
  }

  async #beat(): Promise<void> {
    if (this.#beating) return
    this.#beating = true
    // A store that is busy for a moment is no reason to stop; the next beat tells.
    const answer = await this.store.leases.heartbeat(this.run, this.generation).catch(() => 'held' as const)
    this.#beating = false
    if (answer === 'held') return
    this.#lost = answer === 'lost'
    this.#stop.abort()
  }

  async #tell(): Promise<void> {
    this.events.emit({ type: 'run', run: await this.store.runs.summary(this.run) })
  }
}

import { availableParallelism } from 'node:os'
import type { Store } from '../store/store'
import { putBack, type RunExecutor } from './executor'
import type { DeviceService } from './devices'
import type { MachineMemory } from './machineMemory'
import { roomBeside } from './memory'
import { roomOf } from './room'

/** Looks for runs that another process (a script, a second window) has queued. */
const lookMilliseconds = 2000

interface Dependencies {
  store: Store
  executor: Pick<RunExecutor, 'begin' | 'rest'>
  devices: Pick<DeviceService, 'choose'>
  machine: () => MachineMemory
  onFault: (error: unknown) => void
}

/** A run under way here. */
interface Current {
  stop: AbortController
  ended: Promise<void>
}

/**
 * Carries queued runs out in their order, as many at once as the queue has slots, for a workbench that stays open. The
 * slots are those of the data folder: whichever process takes a run, all of them together take no more.
 */
export class RunQueue {
  readonly #current = new Map<string, Current>()
  #timer: NodeJS.Timeout | null = null
  #closed = false
  #sweep: string | null = null
  #looking: Promise<void> | null = null
  /** Something changed while it looked. */
  #again = false

  constructor(private readonly dependencies: Dependencies) {}

  /** @param sweep works off only the runs that it made; null: all */
  start(sweep: string | null = null): void {
    this.#sweep = sweep
    this.#timer = setInterval(() => void this.look(), lookMilliseconds)
    void this.look()
  }

  /** Begins the runs that there is room for. Does nothing where the queue was not started (a single command). */
  look(): Promise<void> {
    this.#again = this.#looking !== null
    if (this.#timer === null || this.#closed) return Promise.resolve()
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.dependencies.onFault(error))
      .finally(() => {
        this.#looking = null
        if (this.#again) void this.look()
        else if (this.#current.size === 0) this.dependencies.executor.rest()
      })
    return this.#looking
  }

  /** The runs under way here; other processes may have some of their own. */
  get running(): string[] {
    return [...this.#current.keys()]
  }

  /** Stops the run if it is under way here. @returns whether it was */
  async cancel(run: string): Promise<boolean> {
    const current = this.#current.get(run)
    if (current === undefined) return false
    current.stop.abort()
    await current.ended
    return true
  }

  /** Checkpoints and stops what is under way: it waits, in its place, for the next opening. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#looking
    for (const { stop } of this.#current.values()) stop.abort(putBack)
    await Promise.all([...this.#current.values()].map(({ ended }) => ended))
    this.dependencies.executor.rest()
  }

  async #look(): Promise<void> {
    const { store } = this.dependencies
    while (!this.#closed) {
      const { paused, slots } = await store.queue.kept()
      const [run] = paused ? [] : await store.leases.waiting(this.#sweep)
      if (run === undefined || !(await this.#hasMemory(run))) return
      if (!(await this.#begin(run, slots))) return
    }
  }

  async #begin(run: string, slots: number | null): Promise<boolean> {
    const { store, executor, onFault } = this.dependencies
    const stop = new AbortController()
    const room = roomOf(slots, availableParallelism())
    const onGpu = room.whole && this.#current.size > 0 && (await this.#isForGpu(run))
    const take = () => store.leases.take(run, room, onGpu)
    const begun = await executor.begin(run, take, { signal: stop.signal })
    if (begun === null) return false
    const ended = begun.ended.catch(onFault).finally(() => {
      this.#current.delete(run)
      void this.look()
    })
    this.#current.set(run, { stop, ended })
    return true
  }

  /** A device that does not work is told when the run is carried out. */
  async #isForGpu(run: string): Promise<boolean> {
    const { store, devices } = this.dependencies
    const { requestedDevice } = await store.runs.detail(run)
    const choice = await devices.choose(requestedDevice, null).catch(() => null)
    return choice !== null && choice.device !== 'cpu'
  }

  /** The first one may fail for want of memory, and says so; one beside others waits for them. */
  async #hasMemory(run: string): Promise<boolean> {
    if (this.#current.size === 0) return true
    const { store, machine } = this.dependencies
    const runs = await Promise.all([run, ...this.running].map((id) => store.runs.detail(id)))
    return roomBeside(runs, machine())
  }
}

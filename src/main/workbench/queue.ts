import type { RunExecutor } from './executor'
import type { Store } from '../store/store'

/** Looks for runs that another process (a script, a second window) has queued. */
const lookMilliseconds = 2000

/** Carries queued runs out, one at a time, oldest first, for a workbench that stays open. */
export class RunQueue {
  #current: { run: string; stop: AbortController; ended: Promise<void> } | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(
    private readonly dependencies: { store: Store; executor: RunExecutor; onFault: (error: unknown) => void },
  ) {}

  start(): void {
    this.#timer = setInterval(() => void this.look(), lookMilliseconds)
    void this.look()
  }

  /** Begins the next queued run, if none is under way. Does nothing where the queue was not started (a single command). */
  async look(): Promise<void> {
    if (this.#timer === null || this.#closed || this.#current !== null) return
    const stop = new AbortController()
    let ended = () => {}
    this.#current = { run: '', stop, ended: new Promise((resolve) => (ended = resolve)) }
    let worked = false
    try {
      const [run] = await this.dependencies.store.leases.waiting()
      if (run !== undefined && !this.#closed) {
        this.#current.run = run
        worked = true
        await this.dependencies.executor.execute(run, { signal: stop.signal })
      }
    } catch (error) {
      this.dependencies.onFault(error)
    } finally {
      this.#current = null
      ended()
    }
    if (worked) void this.look()
  }

  /** The run under way here, or null; other processes may have one of their own. */
  get running(): string | null {
    const run = this.#current?.run ?? ''
    return run === '' ? null : run
  }

  /** Stops the run if it is the one under way here. @returns whether it was */
  async cancel(run: string): Promise<boolean> {
    const current = this.#current
    if (current?.run !== run) return false
    current.stop.abort()
    await current.ended
    return true
  }

  /** Checkpoints and stops what is under way. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#current?.stop.abort()
    await this.#current?.ended
  }
}

import type { RunState } from '../store/changes'
import type { Store } from '../store/store'
import type { EventBus } from './events'

const lookMilliseconds = 2000

interface Dependencies {
  store: Store
  events: EventBus
  /** The runs under way in this process: the executor tells of them, but for what a user says of them elsewhere. */
  own: () => readonly string[]
  onFault: (error: unknown) => void
}

/** Notices what other processes do in the data folder, a process that died among it, and tells the windows. */
export class Watch {
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()
  #busy = false
  #runs = new Map<string, RunState>()
  #datasets = ''
  #queue = ''
  /** Epochs of other processes' runs that were told. */
  readonly #epochs = new Map<string, number>()

  constructor(private readonly dependencies: Dependencies) {}

  /** From the store as it is now. */
  async start(): Promise<void> {
    const { store } = this.dependencies
    await store.changes.byOthers()
    this.#runs = await store.changes.runs()
    this.#datasets = await this.#datasetList()
    this.#queue = JSON.stringify(await store.queue.kept())
    this.#timer = setInterval(() => void this.look(), lookMilliseconds)
  }

  /** One look. A database that is busy for a moment is looked at again soon; anything else is a fault. */
  look(): Promise<void> {
    if (this.#busy) return this.#looking
    this.#busy = true
    this.#looking = this.#look()
      .catch((error: unknown) => this.dependencies.onFault(error))
      .finally(() => (this.#busy = false))
    return this.#looking
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#looking
  }

  async #look(): Promise<void> {
    const { store, events, own } = this.dependencies
    const died = await store.leases.markInterrupted(own())
    if (!(await store.changes.byOthers()) && died.length === 0) return
    const runs = await store.changes.runs()
    for (const [id, state] of runs) {
      const before = this.#runs.get(id)
      const what = own().includes(id) ? 'said' : 'shown'
      if (state[what] === before?.[what]) continue
      const run = await store.runs.summary(id)
      events.emit({ type: 'run', run })
      if (what === 'said') continue
      const metrics = run.epochs === 0 ? [] : await store.metrics.list(id)
      if (metrics.length > (this.#epochs.get(id) ?? 0)) events.emit({ type: 'metrics', run: id, metrics })
      this.#epochs.set(id, metrics.length)
    }
    this.#runs = runs
    const datasets = await this.#datasetList()
    if (datasets !== this.#datasets) events.emit({ type: 'datasets' })
    this.#datasets = datasets
    const queue = JSON.stringify(await store.queue.kept())
    if (queue !== this.#queue) events.emit({ type: 'queue' })
    this.#queue = queue
  }

  async #datasetList(): Promise<string> {
    const { datasets } = this.dependencies.store
    const both = await Promise.all([datasets.list({ inBin: false }), datasets.list({ inBin: true })])
    return JSON.stringify(both.flat().map(({ id, name, deleted }) => [id, name, deleted]))
  }
}

import type { Problem } from '../../shared/events'
import { toErrorData } from '../../shared/errors'
import type { Store } from '../store/store'
import type { EventBus } from './events'

/** As many as a person reads. */
const kept = 200

/** What went wrong since the start, for the Problems list. */
export class Problems {
  readonly #list: Problem[] = []

  constructor(private readonly dependencies: { store: Store; events: EventBus }) {
    const forever = new AbortController().signal
    void this.#collect(forever)
  }

  /** Newest first: of this start, and the failed runs of earlier ones. */
  async list(): Promise<Problem[]> {
    const told = new Set(this.#list.map((problem) => problem.run))
    const failed = await this.dependencies.store.runs.failed(kept)
    return [...this.#list, ...failed.filter(({ run }) => !told.has(run))]
      .sort((a, b) => b.at.localeCompare(a.at))
      .slice(0, kept)
  }

  /** A fault that no user act caused. */
  add(error: unknown): void {
    const problem = { at: new Date().toISOString(), error: toErrorData(error), run: null }
    this.dependencies.events.emit({ type: 'problem', problem })
  }

  async #collect(signal: AbortSignal): Promise<void> {
    for await (const event of this.dependencies.events.subscribe(signal)) {
      if (event.type !== 'problem') continue
      this.#list.push(event.problem)
      if (this.#list.length > kept) this.#list.shift()
    }
  }
}

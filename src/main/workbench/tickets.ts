import { WorkbenchError } from '../../shared/errors'

/** Work that a newer request of the same ticket, or a word, ends early. */
export class Tickets {
  readonly #open = new Map<string, AbortController>()

  cancel(ticket: string): void {
    this.#open.get(ticket)?.abort(new WorkbenchError('CANCELLED', 'Cancelled', { exit: 130 }))
  }

  /** Runs work under a ticket; a request without one cannot be cancelled. */
  async under<Value>(ticket: string | undefined, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const controller = new AbortController()
    if (ticket === undefined) return work(controller.signal)
    this.cancel(ticket)
    this.#open.set(ticket, controller)
    try {
      return await work(controller.signal)
    } finally {
      if (this.#open.get(ticket) === controller) this.#open.delete(ticket)
    }
  }
}

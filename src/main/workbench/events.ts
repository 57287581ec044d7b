import type { WorkbenchEvent } from '../../shared/events'

/** One event replaces an older one of the same key that a slow reader has not taken yet. */
function keyOf(event: WorkbenchEvent): string | null {
  switch (event.type) {
    case 'progress':
      return `progress ${event.run}`
    case 'run':
      return `run ${event.run.id}`
    case 'queue':
    case 'datasets':
      return event.type
    case 'datasetProgress':
      return `dataset ${event.name}`
    default:
      return null
  }
}

class Reader {
  #queue: WorkbenchEvent[] = []
  #wake: (() => void) | null = null

  push(event: WorkbenchEvent): void {
    const key = keyOf(event)
    if (key !== null) this.#queue = this.#queue.filter((other) => keyOf(other) !== key)
    this.#queue.push(event)
    this.#wake?.()
  }

  async *read(signal: AbortSignal): AsyncGenerator<WorkbenchEvent> {
    const wake = () => this.#wake?.()
    signal.addEventListener('abort', wake)
    try {
      while (!signal.aborted) {
        const event = this.#queue.shift()
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', wake)
    }
  }
}

/** Tells every open window what happened; progress drops to the latest when a reader is slow. */
export class EventBus {
  readonly #readers = new Set<Reader>()

  emit(event: WorkbenchEvent): void {
    for (const reader of this.#readers) reader.push(event)
  }

  /** Events from now on: the reader is registered at the call, not at the first read. */
  subscribe(signal: AbortSignal): AsyncIterable<WorkbenchEvent> {
    const reader = new Reader()
    this.#readers.add(reader)
    signal.addEventListener('abort', () => this.#readers.delete(reader))
    return reader.read(signal)
  }
}

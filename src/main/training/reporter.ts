import type { TrainerEvent } from '../../shared/trainer'

/** At most five reports of progress a second. */
const interval = 200

/** Sends events on; of progress only the latest of each fifth of a second, so that short epochs flood nobody. */
export class Reporter {
  #latest: TrainerEvent | null = null
  #sent = 0

  constructor(
    private readonly send: (event: TrainerEvent) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  emit(event: TrainerEvent): void {
    if (event.type !== 'progress') {
      this.#flush(event)
      return
    }
    this.#latest = event
    // What it announces may block this process: it goes out first.
    if (event.remark !== undefined || this.now() - this.#sent >= interval) this.#flush(null)
  }

  /** Progress that waits goes out before an ending, and is dropped where something newer says more. */
  #flush(event: TrainerEvent | null): void {
    const ends = event?.type === 'done' || event?.type === 'cancelled' || event?.type === 'failed'
    if (this.#latest !== null && (event === null || ends)) {
      this.send(this.#latest)
      this.#latest = null
      this.#sent = this.now()
    }
    if (event !== null) this.send(event)
  }
}

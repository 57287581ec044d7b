/** How long one call of the engine, which blocks the process, may take. */
const target = 0.25
/** A first guess that compiles and warms up at little cost. */
const firstSteps = 4
/** Bytes of row numbers and masks that are made for one chunk. */
const feedBytes = 64 * 1024 * 1024

/** Finds how many steps take about 250 ms, so that cancelling and progress are seen between chunks. */
export class Pace {
  #steps: number
  readonly #most: number

  /** @param bytesPerStep of the inputs that each step is fed */
  constructor(bytesPerStep: number) {
    this.#most = Math.max(1, Math.floor(feedBytes / bytesPerStep))
    this.#steps = Math.min(firstSteps, this.#most)
  }

  /** Steps of the next chunk, at most `left`. */
  next(left: number): number {
    return Math.min(this.#steps, left)
  }

  /** Tells what a chunk took; the length at most quadruples at once. */
  took(steps: number, seconds: number): void {
    const fitting = Math.floor((target * steps) / Math.max(seconds, 1e-6))
    this.#steps = Math.max(1, Math.min(fitting, 4 * steps, this.#most))
  }
}

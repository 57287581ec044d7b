const windowMilliseconds = 60_000
const linesOfWindow = 100

/** So many lines a minute; the rest are counted. */
export class LineBudget {
  #began = -Infinity
  #lines = 0
  #passedOver = 0

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** @returns null where a line is one too many, else how many were passed over since the last that was not */
  take(): number | null {
    const now = this.clock()
    if (now - this.#began >= windowMilliseconds) {
      this.#began = now
      this.#lines = 0
    }
    if (this.#lines >= linesOfWindow) {
      this.#passedOver++
      return null
    }
    this.#lines++
    const passedOver = this.#passedOver
    this.#passedOver = 0
    return passedOver
  }
}

interface Sample {
  t: number
  done: number
}

/** Seconds of a stage before its own pace counts; until then that of the stage before it does. */
const enough = 2
/** Seconds that the recent pace is taken over, at least: losses on validation images come between epochs. */
const recent = 30

const perUnit = (from: Sample | undefined, to: Sample | undefined): number | null =>
  from === undefined || to === undefined || to.done <= from.done ? null : (to.t - from.t) / (to.done - from.done)

/** Seconds a unit of work, from samples of how much is done: lately of the stage under way, and of the one before it. */
export class Pace {
  #samples: Sample[] = []
  #before: number | null = null

  /** @param t seconds @param done of the stage's work */
  add(t: number, done: number): void {
    this.#samples.push({ t, done })
  }

  /** Another stage begins. */
  next(): void {
    this.#before = this.#lately() ?? this.#before
    this.#samples = []
  }

  /** Null while nothing is known. */
  perUnit(): number | null {
    const [first, last] = [this.#samples.at(0), this.#samples.at(-1)]
    const own = first !== undefined && last !== undefined && last.t - first.t >= enough ? this.#lately() : null
    return own ?? this.#before ?? this.#lately()
  }

  /** Over the later half of the stage, but not over less than `recent`. What lies before that is forgotten. */
  #lately(): number | null {
    const [first, last] = [this.#samples.at(0), this.#samples.at(-1)]
    if (first === undefined || last === undefined) return null
    const since = last.t - Math.max(recent, (last.t - first.t) / 2)
    const from = this.#samples.findLast(({ t }) => t <= since) ?? first
    return perUnit(from, last) ?? perUnit(first, last)
  }
}

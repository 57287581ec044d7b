/** A run and how long it will still work. */
interface Planned {
  run: string
  /** Slots that it takes. */
  width: number
  /** Seconds; null: not known. */
  seconds: number | null
}

/**
 * When each run will be finished, if those that wait are taken in their order as slots become free.
 * @returns seconds from now by run; null for a run of unknown length, and for all that wait behind one
 */
export function finishTimes(
  running: readonly Planned[],
  waiting: readonly Planned[],
  slots: number,
): Map<string, number | null> {
  const ends = new Map(running.map(({ run, seconds }) => [run, seconds]))
  /** When each slot is free. */
  const free: number[] = running.flatMap(({ width, seconds }) => Array<number>(width).fill(seconds ?? Infinity))
  while (free.length < slots) free.push(0)
  let known = running.every(({ seconds }) => seconds !== null)
  let last = 0
  for (const { run, width, seconds } of waiting) {
    known &&= seconds !== null
    if (!known || seconds === null) {
      ends.set(run, null)
      continue
    }
    // More may run than there are slots: some were begun elsewhere, or with more slots.
    free.sort((a, b) => a - b)
    const until = free.length - slots + width
    // None is taken before one that stands before it.
    last = Math.max(last, free[until - 1] ?? 0)
    free.splice(0, until, ...Array<number>(width).fill(last + seconds))
    ends.set(run, last + seconds)
  }
  return ends
}

/** When all are finished; null where that of one is not known, or there are none. */
export function lastOf(ends: ReadonlyMap<string, number | null>): number | null {
  let last: number | null = null
  for (const end of ends.values()) {
    if (end === null) return null
    last = Math.max(last ?? 0, end)
  }
  return last
}

/** What a row shows of its owner's life. */
export interface Beat {
  id: string
  generation: number
  lease_heartbeat: number | null
}

interface Seen {
  generation: number
  heartbeat: number | null
  /** When it was last looked at. */
  at: number
  quiet: number
  couldSpeak: boolean
}

/** Between two looks so much counts at most: an observer that was stopped meanwhile, or slept, saw nothing. */
const longestLook = 5000

/** How long owners of runs were silent, as one process saw it by its own clock. */
export class Silence {
  readonly #seen = new Map<string, Seen>()

  /** @param monotonic milliseconds that only grow */
  constructor(private readonly monotonic: () => number) {}

  /** Looks, and tells for how many milliseconds of looking the heartbeat has not moved. */
  of({ id, generation, lease_heartbeat }: Beat): number {
    const at = this.monotonic()
    const seen = this.#seen.get(id)
    if (seen === undefined || seen.heartbeat !== lease_heartbeat || seen.generation !== generation) {
      this.#seen.set(id, { generation, heartbeat: lease_heartbeat, at, quiet: 0, couldSpeak: false })
      return 0
    }
    seen.quiet += Math.min(at - seen.at, longestLook)
    seen.at = at
    return seen.quiet
  }

  /** Whether the store was open to a silent owner since it became silent. */
  couldSpeak({ id }: Beat): boolean {
    return this.#seen.get(id)?.couldSpeak ?? false
  }

  letSpeak({ id }: Beat): void {
    const seen = this.#seen.get(id)
    if (seen !== undefined) seen.couldSpeak = true
  }
}

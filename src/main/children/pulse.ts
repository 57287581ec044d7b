import { lookAtProcess, type Look } from './life'

/** A child from which nothing has come, and which computes nothing. */
export interface Silence {
  /** Whole seconds of it. */
  seconds: number
  /** stopped: held by a signal; idle: it uses no processor; unknown: this system does not tell. */
  why: 'stopped' | 'idle' | 'unknown'
}

/** How often a child is looked at. */
const lookMilliseconds = 2000
/** Silence that is worth a word: a chunk of work and the start of an engine take less, or use the processor. */
export const silentMilliseconds = 15_000
/** Share of one processor above which a process computes: an idle one wakes now and then. */
const working = 0.05

/**
 * Watches a child while it owes an answer. A long step blocks its event loop, so no beat of its own could tell work from a
 * hang: its messages and its processor time do.
 */
export class Pulse {
  #heard = performance.now()
  #seen: { at: number; seconds: number } | null = null
  #silent = false
  readonly #timer: NodeJS.Timeout

  /** @param onSilence told at every look while it lasts, and null at its end */
  constructor(
    private readonly pid: () => number | undefined,
    private readonly onSilence: (silence: Silence | null) => void,
    private readonly look: Look = lookAtProcess,
  ) {
    this.#timer = setInterval(() => void this.#watch(), lookMilliseconds)
    this.#timer.unref()
  }

  /** The child said something. */
  heard(): void {
    this.#heard = performance.now()
    if (this.#silent) this.onSilence(null)
    this.#silent = false
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #watch(): Promise<void> {
    const pid = this.pid()
    const life = pid === undefined ? null : await this.look(pid)
    const now = performance.now()
    if (life !== null) {
      const before = this.#seen
      this.#seen = { at: now, seconds: life.seconds }
      const elapsed = (now - (before?.at ?? now)) / 1000
      if (before !== null && life.seconds - before.seconds > working * elapsed) return this.heard()
    }
    const quiet = now - this.#heard
    if (quiet < silentMilliseconds) return
    this.#silent = true
    const why = life === null ? 'unknown' : life.stopped ? 'stopped' : 'idle'
    this.onSilence({ seconds: Math.floor(quiet / 1000), why })
  }
}

const reasons: Readonly<Record<Silence['why'], string>> = {
  stopped: 'its process is stopped by a signal',
  idle: 'its process uses no processor time: it waits, or hangs',
  unknown: 'it is in one long step, or hangs',
}

/** "not answering for 32 s: its process is stopped by a signal" */
export const silenceText = ({ seconds, why }: Silence): string => `not answering for ${seconds} s: ${reasons[why]}`

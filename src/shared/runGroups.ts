/** A figure over the runs of a group that have it. */
export interface Spread {
  n: number
  mean: number
  /** With n - 1; null of one. */
  std: number | null
  /** 95 % t-interval of the mean; null of one. */
  interval: [number, number] | null
  min: number
  max: number
}

/** Figures of a split that an evaluation keeps under their own name. */
export const groupedFigures = ['error', 'nll', 'loss'] as const
export type SplitSpread = Record<(typeof groupedFigures)[number], Spread | null>

/** Runs that share a spec but for its seeds, or the values of keys. */
export interface RunGroup {
  /** By the keys that were asked for; of a spec: `spec`, which names it, and the settings that differ among the groups. */
  key: Record<string, unknown>
  n: number
  /** Ids, newest first. */
  runs: string[]
  /** Of its newest run. */
  name: string
  created: string
  valid: SplitSpread
  test: SplitSpread
  seconds: Spread | null
}

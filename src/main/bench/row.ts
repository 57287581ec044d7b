/**
 * One line of `bench`: a time, and how it compares with something measured in the same minute; or a time that a person
 * waits, which has no rival: against and ratio null, floor and goal in its own unit.
 */
export interface BenchmarkRow {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly against: string | null
  readonly ratio: number | null
  readonly floor: number
  readonly goal: number
  /** Whether the ratio reaches the floor; of a wait, whether it is no longer. */
  readonly ok: boolean
}

export interface RatioRow extends BenchmarkRow {
  readonly against: string
  readonly ratio: number
}

export interface BenchmarkResult {
  readonly rows: readonly BenchmarkRow[]
  /** What could not be measured here, and why. */
  readonly notes: readonly string[]
}

export interface Bounds {
  readonly floor: number
  readonly goal: number
}

/** The middle value; of an even number, the upper of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Median and 95th percentile (the time that at most one in twenty exceeds) of a wait, in milliseconds. */
export const waitRows = (name: string, times: readonly number[], { floor, goal }: Bounds): BenchmarkRow[] => {
  const sorted = [...times].sort((a, b) => a - b)
  const row = (of: string, value: number): BenchmarkRow => ({
    name: `${name}, ${of} of ${times.length}`,
    ...{ value, unit: 'ms', against: null, ratio: null, floor, goal, ok: value <= floor },
  })
  return [row('median', median(times)), row('95th percentile', sorted[Math.ceil(0.95 * sorted.length) - 1])]
}

/** GFLOP/s from milliseconds. */
export const rate = (flops: number, milliseconds: number): number => flops / milliseconds / 1e6

interface RowOf<Round> extends Bounds {
  readonly name: string
  readonly unit: string
  readonly against: string
  readonly rounds: readonly Round[]
  readonly value: (round: Round) => number
  readonly ratio: (round: Round) => number
}

/** A row from its rounds: ratios are taken within a round, so that what slows the machine slows both sides. */
export function rowOf<Round>({ name, unit, against, rounds, floor, goal, ...of }: RowOf<Round>): RatioRow {
  const ratio = median(rounds.map(of.ratio))
  return { name, value: median(rounds.map(of.value)), unit, against, ratio, floor, goal, ok: ratio >= floor }
}

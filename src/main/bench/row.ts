/** One line of `bench`: a time, and the share of the engine's own best rate that it reaches. */
export interface BenchmarkRow {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What the rate is compared with, measured in the same minute. */
  readonly against: string
  readonly ratio: number
  readonly floor: number
  readonly goal: number
  /** Whether the ratio reaches the floor. */
  readonly ok: boolean
}

/** The middle value; of an even number, the upper of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

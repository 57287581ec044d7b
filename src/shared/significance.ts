import { z } from 'zod'
import { comparedReferenceSchema, mostCompared } from './comparing'
import type { ErrorData } from './errors'
import { measuredSplits } from './measures'

/** What specs are compared by: keys of the figures of a split. */
export const figures = ['error', 'nll', 'loss'] as const
export type Figure = (typeof figures)[number]

export const testsQuerySchema = z.strictObject({
  items: z.array(comparedReferenceSchema).min(2, 'takes 2 to 20').max(mostCompared, 'takes 2 to 20'),
  split: z.enum(measuredSplits),
  figure: z.enum(figures),
  /** Id of the item that the others are compared with; null: each with each. */
  against: z.string().max(10_000).nullable(),
})
export type TestsQuery = z.output<typeof testsQuerySchema>

/** Two classifiers on the same images. */
export interface ImagesTest {
  kind: 'images'
  n: number
  /** Images that a alone gets wrong. */
  onlyA: number
  onlyB: number
  /** Exact McNemar, two-sided. */
  p: number
  /** Error of a minus error of b. */
  difference: number
  /** 95 %, by a seeded paired bootstrap. */
  interval: [number, number]
}

/** few: too few runs for any result to be told from chance. */
export type Verdict = 'few' | 'undecided' | 'significant' | 'meaningful'

/** Two specs over their seeds. */
export interface SeedsTest {
  kind: 'seeds'
  /** How many runs each has that have the figure: pairs, or a's and b's. */
  n: number | [number, number]
  /** Student's of pairs, else Welch's, two-sided; null where nothing tells how uncertain the difference is. */
  p: number | null
  /** Mean of a minus mean of b. */
  difference: number
  /** 95 %, by the same t. */
  interval: [number, number] | null
  /** P(A better than B): less is better. */
  better: { probability: number; interval: [number, number]; verdict: Verdict }
  /** What is to be said of it. */
  notices: string[]
}

interface Refused {
  kind: 'refused'
  error: ErrorData
}

export type ItemTest = (ImagesTest | SeedsTest | Refused) & {
  /** Ids of the items. */
  a: string
  b: string
  /** Holm's, over all the tests of the answer that have a p; null where there is only one. */
  pHolm: number | null
}

export interface TestsAnswer {
  tests: ItemTest[]
  /** Tests that have a p. */
  comparisons: number
  /** Of the intervals: drawn by one seed, the same items have the same intervals. */
  bootstrap: { samples: number; seed: number }
  notices: string[]
}

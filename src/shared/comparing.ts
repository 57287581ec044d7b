import { z } from 'zod'
import type { ErrorData } from './errors'
import { runReferenceSchema, type RunDetail } from './runs'

/** Runs or groups side by side, at most. */
export const mostCompared = 20

/** Runs of a group, at most. */
export const mostOfGroup = 200

/** What is compared, as a link names it: a run, or a group of runs, the seeds of one spec. */
export const comparedReferenceSchema = z.strictObject({
  group: z.boolean(),
  runs: z.array(runReferenceSchema).min(1).max(mostOfGroup, `a group has ${mostOfGroup} runs at most`),
})
export type ComparedReference = z.output<typeof comparedReferenceSchema>

/** A run or a group of runs beside others. */
export interface Compared {
  /** As in the link, by whole ids: a run's id, or "g:ID+ID". */
  id: string
  /** What the link says of it: ids may be shortened there. */
  reference: string
  isGroup: boolean
  /** Of the run; of a group what the names of its runs begin with. No two have the same. */
  name: string
  /** Colour slot: the run's, of a group its newest run's. */
  slot: number
  /** How many before it have its colour: 0 is drawn solid, others are told apart by their dashes. */
  dash: number
  /** A run alone, or those of a group, newest first; never empty. */
  runs: RunDetail[]
}

/** What a link names and is not there. */
export interface ComparedFault {
  reference: string
  error: ErrorData
}

export interface ComparedAnswer {
  /** In the order of the link. */
  items: Compared[]
  faults: ComparedFault[]
}

const groupMark = 'g:'

/**
 * What a link compares: "a,b" two runs, "g:a+b,g:c+d" two groups of two. A space stands for a plus, which a browser's
 * query may make of it.
 */
export const parseCompared = (text: string): ComparedReference[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== groupMark)
    .map((part) =>
      part.startsWith(groupMark)
        ? { group: true, runs: part.slice(groupMark.length).split(/[+ ]/).filter(Boolean) }
        : { group: false, runs: [part] },
    )
    .filter(({ runs }) => runs.length > 0)

export const formatReference = ({ group, runs }: ComparedReference): string =>
  group ? `${groupMark}${runs.join('+')}` : (runs[0] ?? '')

export const formatCompared = (references: readonly ComparedReference[]): string =>
  references.map(formatReference).join(',')

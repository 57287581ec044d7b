import { z } from 'zod'
import { splitNameSchema } from './datasets'
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

/** Runs of one spec. */
export interface SeedsAnswer {
  /** Newest first, as many as a group may have. */
  runs: string[]
  total: number
}

export interface ComparedAnswer {
  /** In the order of the link. */
  items: Compared[]
  faults: ComparedFault[]
}

/** A setting, or what else was recorded, of each item. */
export interface ComparedSetting {
  key: string
  /** Whether the items say something else: those that say the same, their seeds too, do not. */
  differs: boolean
  /** Of each item, in their order, what its runs say; null where a run has none. */
  cells: unknown[][]
}

/** A figure of an item. */
export interface ComparedFigure {
  /** Of a run; of a group the mean of its runs. */
  value: number
  /** 95 %: of a run by its images, of a group the t-interval of the mean over its runs. */
  interval: readonly [number, number] | null
  /** Of a group, with n - 1. */
  std: number | null
  /** Runs that have the figure. */
  runs: number
  /** Images that a run's is of. */
  images: number | null
}

export interface ComparedMeasure {
  /** Of `measures`. */
  key: string
  cells: (ComparedFigure | null)[]
  /** Ids of the items that are best by a validation figure; none by others, or where it is not the same figure of the same images. */
  best: string[]
}

export interface ComparedOverview {
  /** Ids of the items, in the order of the cells. */
  items: string[]
  settings: ComparedSetting[]
  measures: ComparedMeasure[]
  /** What makes figures be of unlike things. */
  notices: string[]
}

/** Images that one run gets right and another wrong, by their index. */
export const toldApartQuerySchema = z.strictObject({
  right: runReferenceSchema,
  wrong: runReferenceSchema,
  split: splitNameSchema,
  at: z.int().nonnegative().default(0),
  count: z.int().min(1).max(500).default(60),
})
export type ToldApartQuery = z.output<typeof toldApartQuerySchema>

export interface ToldApartPage {
  total: number
  /** Images the other way round: right by `wrong`, wrong by `right`. */
  other: number
  /** Images of the split, and those that both get wrong. */
  n: number
  bothWrong: number
  classes: string[]
  rows: {
    index: number
    label: number
    /** What `wrong` takes it for. */
    predicted: number
  }[]
  shape: [number, number]
  /** [rows, height*width] */
  images: Float32Array
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

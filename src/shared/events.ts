import type { ErrorData } from './errors'
import type { Metric, Progress, RunSummary } from './runs'

/** What happened in the workbench, told to every open window. Nothing here is the only copy: a window that missed an event queries. */
export type WorkbenchEvent =
  /** A run was made, changed its status or its results. */
  | { type: 'run'; run: RunSummary }
  /** Finished epochs since the last event of this run. */
  | { type: 'metrics'; run: string; metrics: Metric[] }
  /** The latest progress; older ones are dropped when the reader is slow. */
  | { type: 'progress'; run: string; progress: Progress }
  /** The queue was paused or goes on, has other slots or another order. */
  | { type: 'queue' }
  /** The list of datasets changed. */
  | { type: 'datasets' }
  /** A dataset is being imported or generated; `fraction` null while unknown. */
  | { type: 'datasetProgress'; name: string; fraction: number | null }
  /** Something went wrong that the user should be able to read later (Problems list). */
  | { type: 'problem'; problem: Problem }

export interface Problem {
  at: string
  error: ErrorData
  /** The run that it concerns, where it does. */
  run: string | null
}

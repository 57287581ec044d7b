import type { RunSummary } from '../../shared/runs'
import type { SamplePair } from '../../shared/sample'
import { mutation, nothing, query, type ApiOf } from './acts'

/** The trained model that comes with the workbench. */
export const sample = {
  /** The run that holds it, made at the first time, and pairs for it. */
  open: mutation(nothing).gives<{ run: RunSummary; pairs: SamplePair[] }>(),
  pairs: query(nothing).gives<SamplePair[]>(),
}

export type SampleApi = ApiOf<typeof sample>

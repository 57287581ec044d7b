import type { RunSummary } from '../../shared/runs'
import { importWeightsSchema } from '../../shared/weights'
import { mutation, type ApiOf } from './acts'

export interface ImportedModel {
  run: RunSummary
  /** What the file left unsaid, a sentence each. */
  notes: string[]
}

export const models = {
  /** Weights from Python, as a finished run. */
  import: mutation(importWeightsSchema).gives<ImportedModel>(),
}

export type ModelsApi = ApiOf<typeof models>

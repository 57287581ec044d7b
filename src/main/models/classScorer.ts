import type { EnergyKind, ModelDescription } from '../../shared/model'
import type { Breathe } from './batchedGraph'
import type { ClassWeights } from './classWeights'
import type { Coefficients } from './coefficients'
import type { Examples } from './examples'
import type { TermArrays } from './posterior'

/** What of a saved classifier gives scores. */
export interface ClassModels extends ClassWeights {
  description: ModelDescription
  /** Energy that classifies. */
  energy: EnergyKind
  coefficients: Coefficients | null
}

/** Scores of images under all classes. */
export interface ClassScorer {
  /** @returns s_i of each image [N, C]; what they are made of, where they are made of energies */
  run(examples: Examples, breathe?: Breathe): Promise<{ scores: Float64Array; terms: TermArrays | null }>
  dispose(): Promise<void>
}

import type { ClassifierSpec } from '../../../shared/spec/schema'
import { otherEnergyTerms } from '../../models/posterior'
import type { SavedModel } from '../../saved/savedModel'
import { fitCoefficients, scalesOf, type LabelledTerms } from './coefficientFit'
import { breathe, type TaskContext } from '../context'
import type { LabelledExamples } from './fitData'
import { startBiases } from './startBiases'
import type { Coefficients } from '../../models/coefficients'

/** What coefficients are fitted to, and what decides which of them are best. */
export interface FitSets<Set> {
  fit: Set
  valid: Set
}

/**
 * Coefficients for the energy that does not classify, fitted to the same data in the same way (biases alone, or scales
 * too), so that a run's error can be given under both. An ae has one energy, and so one set of coefficients.
 * @param terms of `sets` under the energy that classifies
 */
export async function fitOtherEnergy(
  { description, coefficients, energy }: SavedModel,
  classifier: ClassifierSpec,
  sets: FitSets<LabelledExamples>,
  terms: FitSets<LabelledTerms>,
  { backend, signal }: TaskContext,
): Promise<Coefficients | null> {
  if (coefficients === null || description.mappings === null) return coefficients
  const other = (given: LabelledTerms) => ({ ...given, terms: otherEnergyTerms(given.terms, energy) })
  const fit = other(terms.fit)
  const best = await fitCoefficients(backend, {
    scales: scalesOf(classifier),
    fit,
    valid: other(terms.valid),
    biases: startBiases(description, sets.fit, fit.terms, coefficients.B.length),
    onCheck: () => undefined,
    breathe: () => breathe(signal),
  })
  return best.coefficients
}

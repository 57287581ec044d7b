import { WorkbenchError } from '../../shared/errors'
import { kindOf, takesPairs } from '../../shared/kinds'
import type { ModelDescription } from '../../shared/model'

type Model = Pick<ModelDescription, 'kind' | 'decoder'>

/** Whether a model has an energy: its kind has one, and its decoder is the transpose of its encoder. */
export const hasEnergy = ({ kind, decoder }: Model): boolean => decoder === 'tied' && kindOf(kind).energies.length > 0

/** Why a model without an energy is not scored by one. @param who the run's name, or words for the model */
export function noEnergy(who: string, { kind, decoder }: Model): WorkbenchError {
  const field = takesPairs(kind) ? 'r(y|x) - y' : 'r(x) - x'
  const reason =
    decoder === 'own' ? `its decoder is untied, so ${field} is no gradient` : `none is written for the kind ${kind}`
  const remedy = decoder === 'own' ? 'Train it tied, or see Dynamics.' : 'Choose another kind of model.'
  return new WorkbenchError('NO_ENERGY', `${who} has no energy: ${reason}`, { remedy })
}

/** @throws NO_ENERGY */
export function checkEnergy(model: Model): void {
  if (!hasEnergy(model)) throw noEnergy('The model', model)
}

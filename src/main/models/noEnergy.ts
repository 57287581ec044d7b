import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'

/** Why a model with a decoder of its own is not scored. @param who the run's name, or words for the model */
export const noEnergy = (who: string, kind: ModelDescription['kind']): WorkbenchError =>
  new WorkbenchError(
    'NO_ENERGY',
    `${who} has no energy: its decoder is untied, so ${kind === 'gae' ? 'r(y|x) - y' : 'r(x) - x'} is no gradient`,
    { remedy: 'Train it tied, or see Dynamics.' },
  )

/** @throws NO_ENERGY with a decoder of its own */
export function checkEnergy({ decoder, kind }: ModelDescription): void {
  if (decoder === 'own') throw noEnergy('The model', kind)
}

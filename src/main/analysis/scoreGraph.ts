import { kindOf } from '../../shared/kinds'
import type { EnergyName } from '../../shared/kinds/kind'
import type { ModelDescription } from '../../shared/model'
import { input, type Node } from '../compute/graph'
import { energy } from '../models/energy'
import { modelKinds } from '../models/kinds/registry'
import { hasEnergy } from '../models/noEnergy'
import { weightInputs } from '../models/parameters'
import { visibleMean } from '../models/visible'

/** Names of the results of a score graph, each [B] or [B, ...]; a model has those that apply to it. */
export type ScoreOutput = EnergyName | 'mapping' | 'hidden' | 'reconstructionX' | 'reconstructionY'

export type ScoreOutputs = Partial<Record<ScoreOutput, Node>>

/** Everything that is shown of a batch of images or pairs: inputs `x` [B, Dx], `y` [B, Dy] and the weights. */
export function scoreOutputs(description: ModelDescription, batch: number): ScoreOutputs {
  const weights = weightInputs(description)
  const x = input('x', [batch, description.inputs])
  const y = description.targets === null ? null : input('y', [batch, description.targets])
  const { linear, ...units } = modelKinds[description.kind].forward(description, weights, x, y)
  const energies = hasEnergy(description) ? kindOf(description.kind).energies : []
  const { mapping, hidden } = units
  return {
    ...Object.fromEntries(
      energies.map((name) => [name, energy(description, weights, name, units, name === 'yGivenX' ? (y ?? x) : x)]),
    ),
    reconstructionX: visibleMean(description.visible, linear.x),
    ...(linear.y && { reconstructionY: visibleMean(description.visible, linear.y) }),
    ...(mapping && { mapping }),
    ...(hidden && { hidden }),
  }
}

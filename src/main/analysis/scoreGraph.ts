import type { ModelDescription } from '../../shared/model'
import { input, type Node } from '../compute/graph'
import { imageEnergy } from '../models/energy'
import { energyXGivenY, energyYGivenX, gae } from '../models/gae'
import { imageModel } from '../models/imageModel'
import { weightInputs } from '../models/parameters'

/** Names of the results of a score graph, each [B] or [B, ...]; a kind of model has those that apply to it. */
export type ScoreOutput =
  'yGivenX' | 'xGivenY' | 'conditional' | 'diagonal' | 'mapping' | 'hidden' | 'reconstructionX' | 'reconstructionY'

export type ScoreOutputs = Partial<Record<ScoreOutput, Node>>

/** Everything that is shown of a batch of images or pairs: inputs `x` [B, Dx], `y` [B, Dy] and the weights. */
export function scoreOutputs(description: ModelDescription, batch: number): ScoreOutputs {
  const weights = weightInputs(description)
  const x = input('x', [batch, description.inputs])
  if (description.targets !== null) {
    const y = input('y', [batch, description.targets])
    const parts = gae(weights, x, y, description.activation)
    const { mapping, reconstructionX, reconstructionY } = parts
    return {
      yGivenX: energyYGivenX(weights, parts, y, description.activation),
      xGivenY: energyXGivenY(weights, parts, x, description.activation),
      mapping,
      reconstructionX,
      reconstructionY,
    }
  }
  const parts = imageModel(description, weights, x)
  return {
    conditional: imageEnergy(description, weights, parts, x, 'conditional'),
    diagonal: imageEnergy(description, weights, parts, x, 'diagonal'),
    reconstructionX: parts.reconstruction,
    ...(parts.mapping === null ? {} : { mapping: parts.mapping }),
    ...(parts.hidden === null ? {} : { hidden: parts.hidden }),
  }
}

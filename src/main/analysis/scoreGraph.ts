import type { ModelDescription } from '../../shared/model'
import { input, type Node } from '../compute/graph'
import { imageEnergy } from '../models/energy'
import { energyXGivenY, energyYGivenX, gae } from '../models/kinds/gae'
import { imageModel } from '../models/imageModel'
import { weightInputs } from '../models/parameters'

/** Names of the results of a score graph, each [B] or [B, ...]; a model has those that apply to it. */
export type ScoreOutput =
  'yGivenX' | 'xGivenY' | 'conditional' | 'diagonal' | 'mapping' | 'hidden' | 'reconstructionX' | 'reconstructionY'

export type ScoreOutputs = Partial<Record<ScoreOutput, Node>>

/** Everything that is shown of a batch of images or pairs: inputs `x` [B, Dx], `y` [B, Dy] and the weights. */
export function scoreOutputs(description: ModelDescription, batch: number): ScoreOutputs {
  const weights = weightInputs(description)
  const hasEnergy = description.decoder === 'tied'
  const x = input('x', [batch, description.inputs])
  if (description.targets !== null) {
    const y = input('y', [batch, description.targets])
    const parts = gae(description, weights, x, y)
    const { mapping, reconstructionX, reconstructionY } = parts
    return {
      ...(hasEnergy && {
        yGivenX: energyYGivenX(description, weights, parts, y),
        xGivenY: energyXGivenY(description, weights, parts, x),
      }),
      mapping,
      reconstructionX,
      reconstructionY,
    }
  }
  const parts = imageModel(description, weights, x)
  return {
    ...(hasEnergy && {
      conditional: imageEnergy(description, weights, parts, x, 'conditional'),
      diagonal: imageEnergy(description, weights, parts, x, 'diagonal'),
    }),
    reconstructionX: parts.reconstruction,
    ...(parts.mapping === null ? {} : { mapping: parts.mapping }),
    ...(parts.hidden === null ? {} : { hidden: parts.hidden }),
  }
}

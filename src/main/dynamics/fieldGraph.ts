import type { Slots } from '../../shared/dynamics'
import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { sub } from '../compute/ops'
import { imageEnergy } from '../models/energy'
import { energyYGivenX, gae } from '../models/gae'
import { heldImageModel } from '../models/heldImage'
import { imageModel } from '../models/imageModel'
import type { Weights } from '../models/weights'

export interface FieldNodes {
  /** r(y|x) [B, D] */
  reconstruction: Node
  /** F(y|x) = r(y|x) - y [B, D] */
  field: Node
  /** The energy whose gradient by y the field is, [B]. */
  energy: Node
}

/**
 * The vector field of a model: F(y|x) = r(y|x) - y, the gradient of E(y|x) with x held (slots fixed, and every gae), of
 * the diagonal energy with both slots at y.
 * @param x [1, Dx], not read where both slots move @param y [B, D]
 */
export function fieldNodes(description: ModelDescription, w: Weights, slots: Slots, x: Node, y: Node): FieldNodes {
  if (description.kind === 'gae') {
    const parts = gae(description, w, x, y)
    const energy = energyYGivenX(description, w, parts, y)
    return { reconstruction: parts.reconstructionY, field: sub(parts.reconstructionY, y), energy }
  }
  const parts = slots === 'both' ? imageModel(description, w, y) : heldImageModel(description, w, x, y)
  const energy = imageEnergy(description, w, parts, y, slots === 'both' ? 'diagonal' : 'conditional')
  return { reconstruction: parts.reconstruction, field: sub(parts.reconstruction, y), energy }
}

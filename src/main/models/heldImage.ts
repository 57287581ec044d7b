import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add } from '../compute/ops'
import { meanPart } from './kinds/ae'
import { gae } from './kinds/gae'
import { imageModel } from './imageModel'
import type { ImageParts } from './imageParts'
import { visibleMean } from './visible'
import type { Weights } from './weights'

/**
 * A model of one image with one slot held at x, as the poster's Figure 2 conditions it: the gated equations with
 * W_X = W_Y = W_F, r(y|x) = [Wᵀσ(W y + c)] + W_Fᵀ(W_F x ⊙ W_Mᵀσ(u)) + b. An ae has no second slot to hold.
 * @param x [1, D] or [B, D] @param y [B, D]
 */
export function heldImageModel(description: ModelDescription, w: Weights, x: Node, y: Node): ImageParts {
  if (description.kind === 'ae') return imageModel(description, w, y)
  const gated = gae(description, { ...w, bx: w.b, by: w.b }, x, y)
  const { mappingInput, mapping, linearY, reconstructionY } = gated
  if (description.kind === 'cae') {
    const reconstruction = reconstructionY
    return { hiddenInput: null, hidden: null, mappingInput, mapping, linear: linearY, reconstruction }
  }
  const { hiddenInput, hidden, decoded } = meanPart(w, y, description.activation)
  const linear = add(decoded, linearY)
  return {
    hiddenInput,
    hidden,
    mappingInput,
    mapping,
    linear,
    reconstruction: visibleMean(description.visible, linear),
  }
}

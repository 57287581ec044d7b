import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add } from '../compute/ops'
import { meanPart } from './ae'
import { gae } from './gae'
import { imageModel } from './imageModel'
import type { ImageParts } from './imageParts'
import type { Weights } from './weights'

/**
 * A model of one image with one slot held at x, as the poster's Figure 2 conditions it: the gated equations with
 * W_X = W_Y = W_F, r(y|x) = [Wᵀσ(W y + c)] + W_Fᵀ(W_F x ⊙ W_Mᵀσ(u)) + b. An ae has no second slot to hold.
 * @param x [1, D] or [B, D] @param y [B, D]
 */
export function heldImageModel(description: ModelDescription, w: Weights, x: Node, y: Node): ImageParts {
  if (description.kind === 'ae') return imageModel(description, w, y)
  const { WF, WM, bm, b } = w
  const gated = gae({ WF, WM, bm, bx: b, by: b }, x, y, description.activation)
  const { mappingInput, mapping, reconstructionY } = gated
  if (description.kind === 'cae') {
    return { hiddenInput: null, hidden: null, mappingInput, mapping, reconstruction: reconstructionY }
  }
  const { hiddenInput, hidden, decoded } = meanPart(w, y, description.activation)
  return { hiddenInput, hidden, mappingInput, mapping, reconstruction: add(decoded, reconstructionY) }
}

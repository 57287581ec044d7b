import type { Activation, Decoder } from '../../../shared/spec/schema'
import type { Node } from '../../compute/graph'
import { add } from '../../compute/ops'
import { aeParameters, meanPart } from './ae'
import { caeParameters, covariancePart } from './cae'
import type { LinearParts } from '../imageParts'
import type { ParameterShapes, Sizes, Weights } from '../weights'

/** W [H, D], c [H], WF [F, D], WM [K, F], bm [K], b [D]; V, VF and VM where the decoder is its own. */
export const mcaeParameters = (sizes: Sizes, decoder: Decoder): ParameterShapes => {
  const { W, c, b: _, ...decoding } = aeParameters(sizes, decoder)
  return { W, c, ...caeParameters(sizes, decoder), ...decoding }
}

/** Mean-covariance auto-encoder: a(x) = Wᵀσ(W x + c) + W_Fᵀ(f ⊙ W_Mᵀσ(u)) + b. @param x [B, D] */
export function mcae(w: Weights, x: Node, activation: Activation): LinearParts {
  const { hiddenInput, hidden, decoded: mean } = meanPart(w, x, activation)
  const { mappingInput, mapping, decoded: covariance } = covariancePart(w, x, activation)
  return { hiddenInput, hidden, mappingInput, mapping, linear: add(add(mean, covariance), w.b) }
}

import type { Activation } from '../../shared/spec'
import type { Node } from '../compute/graph'
import { add } from '../compute/ops'
import { aeParameters, meanPart } from './ae'
import { caeParameters, covariancePart } from './cae'
import type { ImageParts } from './imageParts'
import type { ParameterShapes, Sizes, Weights } from './weights'

/** W [H, D], c [H], WF [F, D], WM [K, F], bm [K], b [D]. */
export const mcaeParameters = (sizes: Sizes): ParameterShapes => {
  const { W, c } = aeParameters(sizes)
  return { W, c, ...caeParameters(sizes) }
}

/** Mean-covariance auto-encoder: r(x) = Wᵀσ(W x + c) + W_Fᵀ(f ⊙ W_Mᵀσ(u)) + b. @param x [B, D] */
export function mcae(w: Weights, x: Node, activation: Activation): ImageParts {
  const { hiddenInput, hidden, decoded: mean } = meanPart(w, x, activation)
  const { mappingInput, mapping, decoded: covariance } = covariancePart(w, x, activation)
  return { hiddenInput, hidden, mappingInput, mapping, reconstruction: add(add(mean, covariance), w.b) }
}

import type { Activation, Decoder } from '../../../shared/spec/schema'
import type { Node } from '../../compute/graph'
import { add, matmul, mul, square } from '../../compute/ops'
import { activate } from '../activations'
import type { LinearParts } from '../imageParts'
import type { ParameterShapes, Sizes, Weights } from '../weights'

/** WF [F, D], WM [K, F], bm [K], b [D]; VF [F, D] and VM [K, F] where the decoder is its own. */
export const caeParameters = ({ factors, mappings, inputs }: Sizes, decoder: Decoder): ParameterShapes => ({
  WF: [factors, inputs],
  WM: [mappings, factors],
  bm: [mappings],
  b: [inputs],
  ...(decoder === 'own' ? { VF: [factors, inputs], VM: [mappings, factors] } : {}),
})

export interface CovariancePart {
  /** u = W_M f² + b_m [B, K], f = W_F x */
  mappingInput: Node
  /** σ(u) [B, K] */
  mapping: Node
  /** W_Fᵀ(f ⊙ W_Mᵀσ(u)), V_Fᵀ(f ⊙ V_Mᵀσ(u)) with a decoder of its own [B, D] */
  decoded: Node
}

/** A gated auto-encoder with y = x and W_X = W_Y = W_F, without its bias. @param x [B, D] */
export function covariancePart(
  { WF, WM, bm, VF = WF, VM = WM }: Weights,
  x: Node,
  activation: Activation,
): CovariancePart {
  const f = matmul(x, WF, { transB: true })
  const mappingInput = add(matmul(square(f), WM, { transB: true }), bm)
  const mapping = activate(activation, mappingInput)
  return { mappingInput, mapping, decoded: matmul(mul(f, matmul(mapping, VM)), VF) }
}

/** Covariance auto-encoder: a(x|x) = W_Fᵀ(f ⊙ W_Mᵀσ(u)) + b. @param x [B, D] */
export function cae(w: Weights, x: Node, activation: Activation): LinearParts {
  const { mappingInput, mapping, decoded } = covariancePart(w, x, activation)
  return { hiddenInput: null, hidden: null, mappingInput, mapping, linear: add(decoded, w.b) }
}

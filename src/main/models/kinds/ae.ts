import type { Activation, Decoder } from '../../../shared/spec/schema'
import type { Node } from '../../compute/graph'
import { add, matmul } from '../../compute/ops'
import { activate } from '../activations'
import type { LinearParts } from '../imageParts'
import type { ParameterShapes, Sizes, Weights } from '../weights'

/** W [H, D], c [H], b [D]; V [H, D] where the decoder is its own. */
export const aeParameters = ({ hidden, inputs }: Sizes, decoder: Decoder): ParameterShapes => ({
  W: [hidden, inputs],
  c: [hidden],
  b: [inputs],
  ...(decoder === 'own' ? { V: [hidden, inputs] } : {}),
})

export interface MeanPart {
  /** W x + c [B, H] */
  hiddenInput: Node
  /** σ(W x + c) [B, H] */
  hidden: Node
  /** Wᵀσ(W x + c), Vᵀσ(W x + c) with a decoder of its own [B, D] */
  decoded: Node
}

/** The mean part of an auto-encoder. @param x [B, D] */
export function meanPart({ W, c, V = W }: Weights, x: Node, activation: Activation): MeanPart {
  const hiddenInput = add(matmul(x, W, { transB: true }), c)
  const hidden = activate(activation, hiddenInput)
  return { hiddenInput, hidden, decoded: matmul(hidden, V) }
}

/** Classical auto-encoder: a(x) = Wᵀσ(W x + c) + b. @param x [B, D] */
export function ae(w: Weights, x: Node, activation: Activation): LinearParts {
  const { hiddenInput, hidden, decoded } = meanPart(w, x, activation)
  return { hiddenInput, hidden, mappingInput: null, mapping: null, linear: add(decoded, w.b) }
}

import type { Activation } from '../../shared/spec'
import type { Node } from '../compute/graph'
import { add, matmul } from '../compute/ops'
import { activate } from './activations'
import type { ImageParts } from './imageParts'
import type { ParameterShapes, Sizes, Weights } from './weights'

/** W [H, D], c [H], b [D]. */
export const aeParameters = ({ hidden, inputs }: Sizes): ParameterShapes => ({
  W: [hidden, inputs],
  c: [hidden],
  b: [inputs],
})

export interface MeanPart {
  /** W x + c [B, H] */
  hiddenInput: Node
  /** σ(W x + c) [B, H] */
  hidden: Node
  /** Wᵀσ(W x + c) [B, D] */
  decoded: Node
}

/** The mean part of an auto-encoder with tied weights. @param x [B, D] */
export function meanPart({ W, c }: Weights, x: Node, activation: Activation): MeanPart {
  const hiddenInput = add(matmul(x, W, { transB: true }), c)
  const hidden = activate(activation, hiddenInput)
  return { hiddenInput, hidden, decoded: matmul(hidden, W) }
}

/** Classical auto-encoder: r(x) = Wᵀσ(W x + c) + b. @param x [B, D] */
export function ae(w: Weights, x: Node, activation: Activation): ImageParts {
  const { hiddenInput, hidden, decoded } = meanPart(w, x, activation)
  return { hiddenInput, hidden, mappingInput: null, mapping: null, reconstruction: add(decoded, w.b) }
}

import type { Node } from '../compute/graph'

/** What a model of one image computes for a batch, up to its linear reconstruction; null where the model lacks that part. */
export interface LinearParts {
  /** W x + c [B, H] */
  hiddenInput: Node | null
  /** Mean hidden units [B, H] */
  hidden: Node | null
  /** W_M f² + b_m [B, K] */
  mappingInput: Node | null
  /** Mapping units [B, K] */
  mapping: Node | null
  /** a(x) [B, D], both slots x: what the decoder gives, before the visibles' own function */
  linear: Node
}

export interface ImageParts extends LinearParts {
  /** r(x) [B, D]: a with Gaussian visibles, sigmoid(a) with Bernoulli ones */
  reconstruction: Node
}

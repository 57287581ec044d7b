import type { Node } from '../compute/graph'

/** What a model of one image computes for a batch; null where the model lacks that part. */
export interface ImageParts {
  /** W x + c [B, H] */
  hiddenInput: Node | null
  /** Mean hidden units [B, H] */
  hidden: Node | null
  /** W_M f² + b_m [B, K] */
  mappingInput: Node | null
  /** Mapping units [B, K] */
  mapping: Node | null
  /** r(x) [B, D], both slots x */
  reconstruction: Node
}

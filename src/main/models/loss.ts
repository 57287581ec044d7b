import type { Objective } from '../../shared/kinds/keys'
import type { ModelDescription } from '../../shared/model'
import type { ModelSettings } from '../../shared/spec/schema'
import type { Node } from '../compute/graph'
import { add, scale, sum } from '../compute/ops'
import { movingImages } from './contraction'
import { modelKinds } from './kinds/registry'
import { visibleLoss } from './visible'
import type { Weights } from './weights'

/** Which image is reconstructed; it means nothing for models of one image. */
export const objectiveOf = ({ objective = 'y|x' }: ModelSettings): Objective => objective

/** One batch: what the encoder and the decoder's factors see, and the clean images that they shall give back. */
export interface Batch {
  /** [B, Dx], corrupted and clean */
  x: { seen: Node; clean: Node }
  /** [B, Dy]; null for models of one image */
  y: { seen: Node; clean: Node } | null
}

/**
 * The reconstruction loss of each row of a batch: ½‖r - clean‖², with Bernoulli visibles the cross-entropy; of pairs that
 * of y given x, of x given y, or their sum.
 * @returns [B]
 */
export function reconstructionLoss(
  description: ModelDescription,
  w: Weights,
  { x, y }: Batch,
  objective: Objective,
): Node {
  const { visible, kind } = description
  const { linear } = modelKinds[kind].forward(description, w, x.seen, y?.seen ?? null)
  const moving = movingImages(description, objective)
  const losses = [
    ...(moving.y && linear.y !== null && y !== null ? [visibleLoss(visible, linear.y, y.clean)] : []),
    ...(moving.x ? [visibleLoss(visible, linear.x, x.clean)] : []),
  ]
  return losses.reduce((total, one) => add(total, one))
}

/** The mean of a per-row quantity over the batch. @param rows [B] @returns scalar */
export const batchMean = (rows: Node): Node => scale(sum(rows), 1 / rows.shape[0])

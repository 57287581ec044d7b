import type { ModelDescription } from '../../shared/model'
import type { ModelSpec } from '../../shared/spec/schema'
import type { Node } from '../compute/graph'
import { add, scale, sum } from '../compute/ops'
import { gae } from './kinds/gae'
import { imageModel } from './imageModel'
import { visibleLoss } from './visible'
import type { Weights } from './weights'

export type Objective = ModelSpec['objective']

/** One batch: what the encoder and the decoder's factors see, and the clean images that they shall give back. */
export interface Batch {
  /** [B, Dx], corrupted and clean */
  x: { seen: Node; clean: Node }
  /** [B, Dy]; null for models of one image */
  y: { seen: Node; clean: Node } | null
}

/**
 * The reconstruction loss of each row of a batch: ½‖r - clean‖², with Bernoulli visibles the cross-entropy; a gae's is that
 * of y given x, of x given y, or their sum.
 * @returns [B]
 */
export function reconstructionLoss(
  description: ModelDescription,
  w: Weights,
  { x, y }: Batch,
  objective: Objective,
): Node {
  const { visible } = description
  if (description.kind !== 'gae' || y === null) {
    return visibleLoss(visible, imageModel(description, w, x.seen).linear, x.clean)
  }
  const { linearY, linearX } = gae(description, w, x.seen, y.seen)
  const [lossY, lossX] = [visibleLoss(visible, linearY, y.clean), visibleLoss(visible, linearX, x.clean)]
  if (objective === 'both') return add(lossY, lossX)
  return objective === 'y|x' ? lossY : lossX
}

/** The mean of a per-row quantity over the batch. @param rows [B] @returns scalar */
export const batchMean = (rows: Node): Node => scale(sum(rows), 1 / rows.shape[0])

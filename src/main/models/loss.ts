import type { ModelDescription } from '../../shared/model'
import type { ModelSpec } from '../../shared/spec'
import type { Node } from '../compute/graph'
import { add, scale, square, sub, sum } from '../compute/ops'
import { gae } from './gae'
import { imageModel } from './imageModel'
import type { Weights } from './weights'

export type Objective = ModelSpec['objective']

/** One batch: what the encoder and the decoder's factors see, and the clean images that they shall give back. */
export interface Batch {
  /** [B, Dx], corrupted and clean */
  x: { seen: Node; clean: Node }
  /** [B, Dy]; null for models of one image */
  y: { seen: Node; clean: Node } | null
}

/** ½‖r - target‖² of each row. @returns [B] */
export const squaredError = (reconstruction: Node, target: Node): Node =>
  scale(sum(square(sub(reconstruction, target)), [1]), 0.5)

/** The reconstruction loss of each row of a batch; a gae's is that of y given x, of x given y, or their sum. @returns [B] */
export function reconstructionLoss(
  description: ModelDescription,
  w: Weights,
  { x, y }: Batch,
  objective: Objective,
): Node {
  if (description.kind !== 'gae' || y === null) {
    return squaredError(imageModel(description, w, x.seen).reconstruction, x.clean)
  }
  const { reconstructionY, reconstructionX } = gae(w, x.seen, y.seen, description.activation)
  const [lossY, lossX] = [squaredError(reconstructionY, y.clean), squaredError(reconstructionX, x.clean)]
  if (objective === 'both') return add(lossY, lossX)
  return objective === 'y|x' ? lossY : lossX
}

/** The mean of a per-row quantity over the batch. @param rows [B] @returns scalar */
export const batchMean = (rows: Node): Node => scale(sum(rows), 1 / rows.shape[0])

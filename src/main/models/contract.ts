import type { Objective } from '../../shared/kinds/keys'
import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { modelKinds } from './kinds/registry'
import type { PairOf } from './kinds/kind'
import type { Weights } from './weights'

/**
 * Contraction ‖∂h/∂y‖²_F of each row of a batch, as the model's kind has it; a gae that reconstructs both images has the
 * sum of both.
 * @param images x [B, Dx] as the encoder sees it, y [B, Dy] of pairs
 * @param directions v ~ N(0, I) [B, D] of each moving image: the unbiased estimate ‖(∂h/∂y) v‖²; null: the exact norm
 * @returns [B]
 * @throws NO_CONTRACTION
 */
export function contraction(
  description: ModelDescription,
  w: Weights,
  images: { x: Node; y: Node | null },
  objective: Objective,
  directions: PairOf<Node | null> | null,
): Node {
  const { forward, contraction: of } = modelKinds[description.kind]
  if (of === null) {
    throw new WorkbenchError('NO_CONTRACTION', `A model of kind ${description.kind} has no contraction`, {
      where: 'contraction.weight',
      remedy: 'Set contraction.weight to 0.',
    })
  }
  const units = forward(description, w, images.x, images.y)
  return of({ description, w, units, images, objective, directions })
}

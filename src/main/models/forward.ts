import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { modelKinds } from './kinds/registry'
import type { Held } from './kinds/kind'
import { visibleMean } from './visible'
import type { Weights } from './weights'

/** What a model of one image computes for a batch. */
export interface ImageParts extends Held {
  /** r(x) [B, D]: a with Gaussian visibles, sigmoid(a) with Bernoulli ones */
  reconstruction: Node
}

/** Adds r to what a kind computes. */
const reconstructed = ({ visible }: ModelDescription, { linear, ...units }: Held): ImageParts => ({
  ...units,
  linear,
  reconstruction: visibleMean(visible, linear),
})

/** The forward equations of a model of one image, both slots of its factors at x. @param x [B, D] */
export function imageModel(description: ModelDescription, w: Weights, x: Node): ImageParts {
  const { linear, ...units } = modelKinds[description.kind].forward(description, w, x, null)
  return reconstructed(description, { ...units, linear: linear.x })
}

/** A model with x held, and what it makes of y. @param x [1, Dx] or [B, Dx] @param y [B, D] */
export const heldModel = (description: ModelDescription, w: Weights, x: Node, y: Node): ImageParts =>
  reconstructed(description, modelKinds[description.kind].held(description, w, x, y))

import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { modelKinds } from './kinds/registry'
import type { Held, Units } from './kinds/kind'
import { visibleMean } from './visible'
import type { Weights } from './weights'

/** What a model of one image computes for a batch. */
export interface ImageParts extends Held {
  /** r(x) [B, D]: a with Gaussian visibles, sigmoid(a) with Bernoulli ones */
  reconstruction: Node
}

export interface PairParts extends Units {
  linearX: Node
  linearY: Node
  /** r(y|x) [B, Dy] and r(x|y) [B, Dx] */
  reconstructionX: Node
  reconstructionY: Node
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

/** The forward equations of a model of pairs. @param x [B, Dx] @param y [B, Dy] */
export function pairModel(description: ModelDescription, w: Weights, x: Node, y: Node): PairParts {
  const { linear, ...units } = modelKinds[description.kind].forward(description, w, x, y)
  if (linear.y === null) throw new TypeError(`a model of kind ${description.kind} reconstructs no y`)
  return {
    ...units,
    linearX: linear.x,
    linearY: linear.y,
    reconstructionX: visibleMean(description.visible, linear.x),
    reconstructionY: visibleMean(description.visible, linear.y),
  }
}

/** A model with x held, and what it makes of y. @param x [1, Dx] or [B, Dx] @param y [B, D] */
export const heldModel = (description: ModelDescription, w: Weights, x: Node, y: Node): ImageParts =>
  reconstructed(description, modelKinds[description.kind].held(description, w, x, y))

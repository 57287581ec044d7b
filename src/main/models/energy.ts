import type { EnergyKind, ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add, mul, scale, square, sub, sum } from '../compute/ops'
import { potential } from './activations'
import type { ImageParts } from './imageParts'
import type { Weights } from './weights'

/** Σ S over the units of each part, [B]; null where the model lacks the part. */
export interface Potentials {
  /** Σ S(W x + c) */
  mean: Node | null
  /** Σ S(W_M f² + b_m); halved in the diagonal energy, whose gradient is the field r(x|x) - x with both slots moving. */
  covariance: Node | null
}

export function potentials({ activation }: ModelDescription, parts: ImageParts, energy: EnergyKind): Potentials {
  const total = (u: Node | null) => (u === null ? null : sum(potential(activation, u), [1]))
  const covariance = total(parts.mappingInput)
  return {
    mean: total(parts.hiddenInput),
    covariance: covariance === null || energy === 'conditional' ? covariance : scale(covariance, 0.5),
  }
}

/**
 * b·x - ½‖b‖², what is left of -½‖x - b‖² once ½‖x‖², the same for all classes, has cancelled.
 * @param x [B, D] @returns [B]
 */
export function visibleTerm({ b }: Weights, x: Node): Node {
  return sub(sum(mul(x, b), [1]), scale(sum(square(b)), 0.5))
}

/**
 * Energy of a model of one image, the poster's E(x, x) or its diagonal potential E_d: Σ S(W x + c) + Σ S(W_M f² + b_m)
 * - ½‖x - b‖², the covariance sum halved in the diagonal one. Higher is better; comparable over x within one model.
 * @param x [B, D] @returns [B]
 */
export function imageEnergy(
  description: ModelDescription,
  w: Weights,
  parts: ImageParts,
  x: Node,
  energy: EnergyKind,
): Node {
  const { mean, covariance } = potentials(description, parts, energy)
  const quadratic = scale(sum(square(sub(x, w.b)), [1]), -0.5)
  return [mean, covariance].reduce<Node>((total, term) => (term === null ? total : add(total, term)), quadratic)
}

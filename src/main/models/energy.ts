import type { EnergyKind, ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add, mul, scale, square, sub, sum } from '../compute/ops'
import { potential } from './activations'
import type { ImageParts } from './imageParts'
import { checkEnergy } from './noEnergy'
import { visibleEnergy } from './visible'
import type { Weights } from './weights'

/** Σ S over the units of each part, [B]; null where the model lacks the part. */
export interface Potentials {
  /** Σ S(W x + c) */
  mean: Node | null
  /** Σ S(W_M f² + b_m); halved in the diagonal energy, whose gradient is the field r(x|x) - x with both slots moving. */
  covariance: Node | null
}

/** @throws NO_ENERGY with a decoder of its own */
export function potentials(description: ModelDescription, parts: ImageParts, energy: EnergyKind): Potentials {
  checkEnergy(description)
  const { activation } = description
  const total = (u: Node | null) => (u === null ? null : sum(potential(activation, u), [1]))
  const covariance = total(parts.mappingInput)
  return {
    mean: total(parts.hiddenInput),
    covariance: covariance === null || energy === 'conditional' ? covariance : scale(covariance, 0.5),
  }
}

/**
 * b·x - ½‖b‖², what is left of -½‖x - b‖² once ½‖x‖², the same for all classes, has cancelled; b·x with Bernoulli
 * visibles.
 * @param x [B, D] @returns [B]
 */
export function visibleTerm({ visible }: ModelDescription, { b }: Weights, x: Node): Node {
  const linear = sum(mul(x, b), [1])
  return visible === 'gaussian' ? sub(linear, scale(sum(square(b)), 0.5)) : linear
}

/**
 * Energy of a model of one image, the poster's E(x, x) or its diagonal potential E_d: Σ S(W x + c) + Σ S(W_M f² + b_m)
 * - ½‖x - b‖² (Bernoulli visibles: + b·x), the covariance sum halved in the diagonal one. Higher is better; comparable over
 * x within one model.
 * @param x [B, D] @returns [B]
 * @throws NO_ENERGY with a decoder of its own
 */
export function imageEnergy(
  description: ModelDescription,
  w: Weights,
  parts: ImageParts,
  x: Node,
  energy: EnergyKind,
): Node {
  const { mean, covariance } = potentials(description, parts, energy)
  const visible = visibleEnergy(description.visible, x, w.b)
  return [mean, covariance].reduce<Node>((total, term) => (term === null ? total : add(total, term)), visible)
}

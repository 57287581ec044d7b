import type { EnergyName } from '../../shared/kinds/kind'
import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add, mul, scale, square, sub, sum } from '../compute/ops'
import { potential } from './activations'
import { modelKinds } from './kinds/registry'
import type { EnergyTerms, Units } from './kinds/kind'
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

/** @throws NO_ENERGY with a decoder of its own, and for kinds and energies that have none */
function termsOf(description: ModelDescription, name: EnergyName): EnergyTerms {
  checkEnergy(description)
  const terms = modelKinds[description.kind].energies[name]
  if (terms === undefined) throw new TypeError(`a model of kind ${description.kind} has no energy ${name}`)
  return terms
}

/** @throws NO_ENERGY */
export function potentials(description: ModelDescription, units: Units, name: EnergyName): Potentials {
  const { covariance: share } = termsOf(description, name)
  const { activation } = description
  const total = (u: Node | null) => (u === null ? null : sum(potential(activation, u), [1]))
  const covariance = total(units.mappingInput)
  return {
    mean: total(units.hiddenInput),
    covariance: covariance === null || share === 1 ? covariance : scale(covariance, share),
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
 * An energy of a batch. Of pairs, E(y|x) = Σ S(u) - ½‖y - b_y‖², and E(x|y) with its own quadratic: known up to a constant
 * in y (x), so compare only at one x and within one model. Of models of one image, the poster's E(x, x) or its diagonal
 * potential E_d: Σ S(W x + c) + Σ S(W_M f² + b_m) - ½‖x - b‖², the covariance sum halved in the diagonal one; comparable
 * over x within one model. Bernoulli visibles: + b·x in the place of the square. Higher is better.
 * @param image the one that the energy is of [B, D]
 * @returns [B]
 * @throws NO_ENERGY with a decoder of its own
 */
export function energy(description: ModelDescription, w: Weights, name: EnergyName, units: Units, image: Node): Node {
  const { mean, covariance } = potentials(description, units, name)
  const visible = visibleEnergy(description.visible, image, w[termsOf(description, name).bias])
  return [mean, covariance].reduce<Node>((total, term) => (term === null ? total : add(total, term)), visible)
}

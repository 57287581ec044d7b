import type { Node } from '../compute/graph'
import { mul, scale, sigmoid, softplus, square, sub, sum } from '../compute/ops'
import type { Visible } from '../../shared/kinds/keys'

/** r out of the linear reconstruction a: a itself with Gaussian visibles, sigmoid(a) with Bernoulli ones. @param a [B, D] */
export const visibleMean = (visible: Visible, a: Node): Node => (visible === 'gaussian' ? a : sigmoid(a))

/**
 * What the energy has beside the units: -½‖y - b‖² with Gaussian visibles, b·y with Bernoulli ones.
 * @param y [B, D] @param b [D] @returns [B]
 */
export const visibleEnergy = (visible: Visible, y: Node, b: Node): Node =>
  visible === 'gaussian' ? scale(sum(square(sub(y, b)), [1]), -0.5) : sum(mul(y, b), [1])

/**
 * The reconstruction loss of each row: ½‖a - t‖² with Gaussian visibles; with Bernoulli ones the cross-entropy of t and
 * sigmoid(a), -Σ t log r + (1-t) log(1-r) = Σ softplus(a) - t a, which takes no logarithm of what may round to 0.
 * @param a linear reconstruction [B, D] @param target [B, D] @returns [B]
 */
export const visibleLoss = (visible: Visible, a: Node, target: Node): Node =>
  visible === 'gaussian' ? scale(sum(square(sub(a, target)), [1]), 0.5) : sum(sub(softplus(a), mul(target, a)), [1])

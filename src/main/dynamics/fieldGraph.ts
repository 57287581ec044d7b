import type { Slots } from '../../shared/dynamics'
import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add, log, mul, neg, sub, sum } from '../compute/ops'
import { energy } from '../models/energy'
import { heldModel, imageModel } from '../models/forward'
import { modelKinds } from '../models/kinds/registry'
import { hasEnergy } from '../models/noEnergy'
import type { Weights } from '../models/weights'

export interface FieldNodes {
  /** r(y|x) [B, D] */
  reconstruction: Node
  /** F(y|x) = r(y|x) - y [B, D] */
  field: Node
  /**
   * What tied weights make the gradient of the energy: F with Gaussian visibles; a(y|x) - logit(y) with Bernoulli ones,
   * whose F is no gradient but has the same zeros and signs. [B, D]
   */
  force: Node
  /** The energy whose gradient by y the force is, with Bernoulli visibles E + H(y); null with a decoder of its own. [B] */
  energy: Node | null
}

/** What rounds away beside every pixel but 0, whose logarithm it keeps finite: 0 log 0 = 0. */
const tiny = 1e-38

const safeLog = (y: Node): Node => log(add(y, tiny))

/** log y - log(1 - y) */
const logit = (y: Node): Node => sub(safeLog(y), safeLog(sub(1, y)))

/** H(y) = -Σ y log y + (1 - y) log(1 - y) of each row; not a number outside [0,1]. */
const binaryEntropy = (y: Node): Node => {
  const rest = sub(1, y)
  return neg(sum(add(mul(y, safeLog(y)), mul(rest, safeLog(rest))), [1]))
}

/**
 * The vector field of a model with x held (slots fixed, and every model of pairs), or with both slots at y.
 * @param x [1, Dx], not read where both slots move @param y [B, D]
 */
export function fieldNodes(description: ModelDescription, w: Weights, slots: Slots, x: Node, y: Node): FieldNodes {
  const { reconstruction, linear, energy: own } = partsOf(description, w, slots, x, y)
  const field = sub(reconstruction, y)
  if (description.visible === 'gaussian') return { reconstruction, field, force: field, energy: own }
  return {
    reconstruction,
    field,
    force: sub(linear, logit(y)),
    energy: own && add(own, binaryEntropy(y)),
  }
}

function partsOf(description: ModelDescription, w: Weights, slots: Slots, x: Node, y: Node) {
  const parts = slots === 'both' ? imageModel(description, w, y) : heldModel(description, w, x, y)
  return {
    reconstruction: parts.reconstruction,
    linear: parts.linear,
    energy: hasEnergy(description) ? energy(description, w, fieldEnergy(description, slots), parts, y) : null,
  }
}

/** The energy whose gradient a field is, where it has one. */
export const fieldEnergy = ({ kind }: Pick<ModelDescription, 'kind'>, slots: Slots) =>
  slots === 'both' ? 'diagonal' : modelKinds[kind].heldEnergy

import type { EnergyKind, ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add, concat, logSumExp, mul, reshape, sub, sum } from '../compute/ops'
import { potentials, visibleTerm } from './energy'
import type { Weights } from './weights'
import { imageModel } from './forward'

/** The energy terms of all classes, each [B, C]; null where the models lack the part. */
export interface ClassTerms {
  mean: Node | null
  covariance: Node | null
  /** b_i·x - ½‖b_i‖², b_i·x with Bernoulli visibles */
  visible: Node
}

const column = (term: Node): Node => reshape(term, [term.shape[0], 1])

/** Joins one [B] a class to [B, C]. */
function columns(terms: readonly (Node | null)[]): Node | null {
  const found = terms.filter((term) => term !== null)
  return found.length === 0 ? null : concat(found.map(column), 1)
}

/** Terms of eq. 7 and 8 for C models, unrolled. @param models weights of class 0..C-1 @param x [B, D] */
export function classTerms(
  description: ModelDescription,
  models: readonly Weights[],
  x: Node,
  energy: EnergyKind,
): ClassTerms {
  const terms = models.map((w) => ({
    ...potentials(description, imageModel(description, w, x), energy),
    visible: visibleTerm(description, w, x),
  }))
  return {
    mean: columns(terms.map(({ mean }) => mean)),
    covariance: columns(terms.map(({ covariance }) => covariance)),
    visible: concat(
      terms.map(({ visible }) => column(visible)),
      1,
    ),
  }
}

/** Coefficients as graph nodes, each [C] (or [1] for shared scales). */
export interface CoefficientNodes {
  B: Node
  aM: Node
  aC: Node
  aB: Node
}

/** s_i(x) = aM_i Σ S_M + aC_i Σ S_C + aB_i (b_i·x - ½‖b_i‖²) + B_i (eq. 7: covariance alone, eq. 8: both). @returns [B, C] */
export function classScores(terms: ClassTerms, { B, aM, aC, aB }: CoefficientNodes): Node {
  let scores = add(mul(terms.visible, aB), B)
  if (terms.mean !== null) scores = add(scores, mul(terms.mean, aM))
  if (terms.covariance !== null) scores = add(scores, mul(terms.covariance, aC))
  return scores
}

/** -log P(label|x), P = softmax(s). @param scores [B, C] @param oneHot [B, C] @returns [B] */
export const crossEntropy = (scores: Node, oneHot: Node): Node =>
  sub(logSumExp(scores, 1), sum(mul(scores, oneHot), [1]))

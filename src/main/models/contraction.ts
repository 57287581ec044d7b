import { takesPairs } from '../../shared/kinds'
import type { Objective } from '../../shared/kinds/keys'
import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { add, matmul, mul, reshape, scale, square, sum } from '../compute/ops'
import { slope } from './activations'
import type { ContractionOf, PairOf } from './kinds/kind'

/** The images by which the units are differentiated: the one image, or those of a pair that are reconstructed. */
export const movingImages = ({ kind }: Pick<ModelDescription, 'kind'>, objective: Objective): PairOf<boolean> =>
  takesPairs(kind) ? { x: objective !== 'y|x', y: objective !== 'x|y' } : { x: true, y: false }

/*
 * Contraction ‖∂h/∂y‖²_F of each row of a batch, h the hidden and mapping units (Rifai et al. 2011, "Contractive
 * auto-encoders", for the AE). With f the factors of the image that is held and W those of the one that moves, a mapping
 * unit has the gradient σ'(u_k) A_k, A_k = W_M[k] diag(f) W; where both slots of a covariance part move, twice that. The
 * exact norm costs B K F min(F, D) multiplications.
 */

/** Σ_k σ'(u_k)²‖W_k‖², or the square of σ'(u) ⊙ W v. */
export const meanContraction: ContractionOf = ({ description, w: { W }, units, directions }) => {
  const slopes = slope(description.activation, part(units.hiddenInput))
  const v = directions?.x ?? null
  if (v !== null) return sum(square(mul(slopes, factors(v, W))), [1])
  return sum(mul(square(slopes), sum(square(W), [1])), [1])
}

/** Of a covariance part, both of whose slots move: four times that of one. */
export const covarianceContraction: ContractionOf = ({ description, w: { WF, WM }, units, images, directions }) => {
  const slopes = slope(description.activation, part(units.mappingInput))
  return scale(gatedContraction(slopes, WM, factors(images.x, WF), WF, directions?.x ?? null), 4)
}

/** Of pairs: by the image that is reconstructed, or the sum of both. */
export const pairContraction: ContractionOf = ({ description, w, units, images: { x, y }, objective, directions }) => {
  const slopes = slope(description.activation, part(units.mappingInput))
  const [WX, WY] = [w.WX ?? w.WF, w.WY ?? w.WF]
  const moving = movingImages(description, objective)
  const parts = [
    ...(moving.y ? [gatedContraction(slopes, w.WM, factors(x, WX), WY, directions?.y ?? null)] : []),
    ...(moving.x ? [gatedContraction(slopes, w.WM, factors(part(y), WY), WX, directions?.x ?? null)] : []),
  ]
  return parts.reduce((total, one) => add(total, one))
}

/** Of a model of several parts. */
export const addedContraction =
  (...parts: readonly ContractionOf[]): ContractionOf =>
  (at) =>
    parts.map((one) => one(at)).reduce((total, one) => add(total, one))

/** What a kind with this contraction has. */
function part(node: Node | null): Node {
  if (node === null) throw new TypeError('a contraction of units that the model lacks')
  return node
}

const factors = (image: Node, W: Node): Node => matmul(image, W, { transB: true })

/**
 * Σ_k σ'(u_k)²‖A_k‖², or the square of σ'(u) ⊙ W_M(f ⊙ W v).
 * @param slopes [B, K] @param f [B, F] of the image that is held @param W [F, D] of the one that moves
 * @returns [B]
 */
function gatedContraction(slopes: Node, WM: Node, f: Node, W: Node, v: Node | null): Node {
  if (v !== null) {
    const moved = matmul(mul(f, factors(v, W)), WM, { transB: true })
    return sum(square(mul(slopes, moved)), [1])
  }
  return sum(mul(square(slopes), squaredNorms(WM, f, W)), [1])
}

/** ‖W_M[k] diag(f) W‖² of every row of the batch and every mapping unit; by W Wᵀ where that is the smaller. @returns [B, K] */
function squaredNorms(WM: Node, f: Node, W: Node): Node {
  const [[B, F], [K], [, D]] = [f.shape, WM.shape, W.shape]
  const rows = reshape(mul(reshape(f, [B, 1, F]), reshape(WM, [1, K, F])), [B * K, F])
  const norms =
    F <= D ? sum(mul(rows, matmul(rows, matmul(W, W, { transB: true }))), [1]) : sum(square(matmul(rows, W)), [1])
  return reshape(norms, [B, K])
}

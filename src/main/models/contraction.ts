import type { ModelDescription } from '../../shared/model'
import type { Activation } from '../../shared/spec/schema'
import type { Node } from '../compute/graph'
import { add, matmul, mul, reshape, scale, square, sum } from '../compute/ops'
import { slope } from './activations'
import { gae } from './kinds/gae'
import { imageModel } from './imageModel'
import type { Objective } from './loss'
import type { Weights } from './weights'

/** One node for each image of a pair; y is null for models of one image. */
export interface PairOf<Value> {
  x: Value
  y: Value
}

/** The images by which the units are differentiated: the one image, or those of a pair that are reconstructed. */
export const movingImages = ({ kind }: Pick<ModelDescription, 'kind'>, objective: Objective): PairOf<boolean> =>
  kind === 'gae' ? { x: objective !== 'y|x', y: objective !== 'x|y' } : { x: true, y: false }

/**
 * Contraction ‖∂h/∂y‖²_F of each row of a batch, h the hidden and mapping units (Rifai et al. 2011, "Contractive
 * auto-encoders", for the AE: Σ_k σ'(u_k)²‖W_k‖²). With f the factors of the image that is held and W those of the one that
 * moves, a mapping unit has the gradient σ'(u_k) A_k, A_k = W_M[k] diag(f) W; where both slots of a covariance part move,
 * twice that. A gae that reconstructs both images has the sum of both.
 * @param x [B, Dx] as the encoder sees it @param y [B, Dy], null for models of one image
 * @param directions v ~ N(0, I) [B, D] of each moving image: the unbiased estimate ‖(∂h/∂y) v‖²; null: the
 * exact norm, which costs B K F min(F, D) multiplications
 * @returns [B]
 */
export function contraction(
  description: ModelDescription,
  w: Weights,
  { x, y }: { x: Node; y: Node | null },
  objective: Objective,
  directions: PairOf<Node | null> | null,
): Node {
  const { activation } = description
  if (y !== null) {
    const { mappingInput } = gae(description, w, x, y)
    const slopes = slope(activation, mappingInput)
    const [WX, WY] = [w.WX ?? w.WF, w.WY ?? w.WF]
    const moving = movingImages(description, objective)
    const parts = [
      ...(moving.y ? [gatedPart(slopes, w.WM, factors(x, WX), WY, directions?.y ?? null)] : []),
      ...(moving.x ? [gatedPart(slopes, w.WM, factors(y, WY), WX, directions?.x ?? null)] : []),
    ]
    return parts.reduce((total, part) => add(total, part))
  }
  const v = directions?.x ?? null
  const { hiddenInput, mappingInput } = imageModel(description, w, x)
  const parts = [
    ...(hiddenInput === null ? [] : [meanPart(slope(activation, hiddenInput), w.W, v)]),
    ...(mappingInput === null ? [] : [covariancePart(activation, mappingInput, w, x, v)]),
  ]
  return parts.reduce((total, part) => add(total, part))
}

const factors = (image: Node, W: Node): Node => matmul(image, W, { transB: true })

/** Σ_k σ'(u_k)²‖W_k‖², or the square of σ'(u) ⊙ W v. @param slopes [B, H] @returns [B] */
function meanPart(slopes: Node, W: Node, v: Node | null): Node {
  if (v !== null) return sum(square(mul(slopes, factors(v, W))), [1])
  return sum(mul(square(slopes), sum(square(W), [1])), [1])
}

function covariancePart(activation: Activation, u: Node, { WF, WM }: Weights, x: Node, v: Node | null): Node {
  return scale(gatedPart(slope(activation, u), WM, factors(x, WF), WF, v), 4)
}

/**
 * Σ_k σ'(u_k)²‖A_k‖², or the square of σ'(u) ⊙ W_M(f ⊙ W v).
 * @param slopes [B, K] @param f [B, F] of the image that is held @param W [F, D] of the one that moves
 * @returns [B]
 */
function gatedPart(slopes: Node, WM: Node, f: Node, W: Node, v: Node | null): Node {
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

import type { ModelDescription } from '../../../shared/model'
import type { Node } from '../../compute/graph'
import { add, matmul, mul, sum } from '../../compute/ops'
import { activate, potential } from '../activations'
import { checkEnergy } from '../noEnergy'
import { visibleEnergy, visibleMean } from '../visible'
import type { ParameterShapes, Sizes, Weights } from '../weights'

/**
 * WX [F, Dx] and WY [F, Dy], or WF [F, D] for both; WM [K, F], bm [K], bx [Dx], by [Dy]; VX, VY (or VF) and VM where the
 * decoder is its own.
 */
export const gaeParameters = (
  { factors, mappings, inputs, targets }: Sizes,
  { tied, decoder }: Pick<ModelDescription, 'tied' | 'decoder'>,
): ParameterShapes => ({
  ...(tied ? { WF: [factors, inputs] } : { WX: [factors, inputs], WY: [factors, targets] }),
  WM: [mappings, factors],
  bm: [mappings],
  bx: [inputs],
  by: [targets],
  ...(decoder === 'own'
    ? {
        ...(tied ? { VF: [factors, inputs] } : { VX: [factors, inputs], VY: [factors, targets] }),
        VM: [mappings, factors],
      }
    : {}),
})

export interface PairParts {
  /** u = W_M(f_x ⊙ f_y) + b_m [B, K] */
  mappingInput: Node
  /** h = σ(u) [B, K] */
  mapping: Node
  /** a(y|x) = W_Yᵀ(f_x ⊙ W_Mᵀh) + b_y [B, Dy]; V_Y and V_M with a decoder of its own */
  linearY: Node
  /** a(x|y) = W_Xᵀ(f_y ⊙ W_Mᵀh) + b_x [B, Dx] */
  linearX: Node
  /** r(y|x) [B, Dy] and r(x|y) [B, Dx]: a with Gaussian visibles, sigmoid(a) with Bernoulli ones */
  reconstructionY: Node
  reconstructionX: Node
}

/** Gated auto-encoder of image pairs. @param x [B, Dx] @param y [B, Dy] */
export function gae({ activation, visible }: ModelDescription, w: Weights, x: Node, y: Node): PairParts {
  const [WX, WY] = [w.WX ?? w.WF, w.WY ?? w.WF]
  const [VX, VY] = [w.VX ?? w.VF ?? WX, w.VY ?? w.VF ?? WY]
  const fx = matmul(x, WX, { transB: true })
  const fy = matmul(y, WY, { transB: true })
  const mappingInput = add(matmul(mul(fx, fy), w.WM, { transB: true }), w.bm)
  const mapping = activate(activation, mappingInput)
  const p = matmul(mapping, w.VM ?? w.WM)
  const linearY = add(matmul(mul(fx, p), VY), w.by)
  const linearX = add(matmul(mul(fy, p), VX), w.bx)
  return {
    mappingInput,
    mapping,
    linearY,
    linearX,
    reconstructionY: visibleMean(visible, linearY),
    reconstructionX: visibleMean(visible, linearX),
  }
}

/**
 * An image under given mapping units: r(y|x) = W_Yᵀ(W_X x ⊙ W_Mᵀh) + b_y, which reads no y once h is known.
 * @param x [B, Dx] @param h [B, K] @returns [B, Dy]
 */
export function transformed({ visible }: ModelDescription, w: Weights, x: Node, h: Node): Node {
  const [WX, VY] = [w.WX ?? w.WF, w.VY ?? w.VF ?? w.WY ?? w.WF]
  const p = matmul(h, w.VM ?? w.WM)
  return visibleMean(visible, add(matmul(mul(matmul(x, WX, { transB: true }), p), VY), w.by))
}

/**
 * Energy of y given x: E(y|x) = Σ S(u) - ½‖y - b_y‖²; Σ S(u) + b_y·y with Bernoulli visibles. Higher is better; known up to
 * a constant in y, so compare only at one x and within one model.
 * @returns [B]
 * @throws NO_ENERGY with a decoder of its own
 */
export const energyYGivenX = (description: ModelDescription, w: Weights, parts: PairParts, y: Node): Node =>
  add(unitEnergy(description, parts), visibleEnergy(description.visible, y, w.by))

/** Energy of x given y: E(x|y) = Σ S(u) - ½‖x - b_x‖²; Σ S(u) + b_x·x with Bernoulli visibles. @returns [B] */
export const energyXGivenY = (description: ModelDescription, w: Weights, parts: PairParts, x: Node): Node =>
  add(unitEnergy(description, parts), visibleEnergy(description.visible, x, w.bx))

function unitEnergy(description: ModelDescription, { mappingInput }: PairParts): Node {
  checkEnergy(description)
  return sum(potential(description.activation, mappingInput), [1])
}

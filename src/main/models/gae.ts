import type { Activation } from '../../shared/spec'
import type { Node } from '../compute/graph'
import { add, matmul, mul, scale, square, sub, sum } from '../compute/ops'
import { activate, potential } from './activations'
import type { ParameterShapes, Sizes, Weights } from './weights'

/** WX [F, Dx] and WY [F, Dy], or WF [F, D] for both; WM [K, F], bm [K], bx [Dx], by [Dy]. */
export const gaeParameters = ({ factors, mappings, inputs, targets }: Sizes, tied: boolean): ParameterShapes => ({
  ...(tied ? { WF: [factors, inputs] } : { WX: [factors, inputs], WY: [factors, targets] }),
  WM: [mappings, factors],
  bm: [mappings],
  bx: [inputs],
  by: [targets],
})

export interface PairParts {
  /** u = W_M(f_x ⊙ f_y) + b_m [B, K] */
  mappingInput: Node
  /** h = σ(u) [B, K] */
  mapping: Node
  /** r(y|x) = W_Yᵀ(f_x ⊙ W_Mᵀh) + b_y [B, Dy] */
  reconstructionY: Node
  /** r(x|y) = W_Xᵀ(f_y ⊙ W_Mᵀh) + b_x [B, Dx] */
  reconstructionX: Node
}

/** Gated auto-encoder of image pairs. @param x [B, Dx] @param y [B, Dy] */
export function gae(w: Weights, x: Node, y: Node, activation: Activation): PairParts {
  const [WX, WY] = [w.WX ?? w.WF, w.WY ?? w.WF]
  const fx = matmul(x, WX, { transB: true })
  const fy = matmul(y, WY, { transB: true })
  const mappingInput = add(matmul(mul(fx, fy), w.WM, { transB: true }), w.bm)
  const mapping = activate(activation, mappingInput)
  const p = matmul(mapping, w.WM)
  return {
    mappingInput,
    mapping,
    reconstructionY: add(matmul(mul(fx, p), WY), w.by),
    reconstructionX: add(matmul(mul(fy, p), WX), w.bx),
  }
}

/**
 * An image under given mapping units: W_Yᵀ(W_X x ⊙ W_Mᵀh) + b_y, the half of r(y|x) that reads no y.
 * @param x [B, Dx] @param h [B, K] @returns [B, Dy]
 */
export function transformed(w: Weights, x: Node, h: Node): Node {
  const [WX, WY] = [w.WX ?? w.WF, w.WY ?? w.WF]
  return add(matmul(mul(matmul(x, WX, { transB: true }), matmul(h, w.WM)), WY), w.by)
}

/**
 * Energy of y given x: E(y|x) = Σ S(u) - ½‖y - b_y‖². Higher is better; known up to a constant in y, so compare only at
 * one x and within one model.
 * @returns [B]
 */
export function energyYGivenX(w: Weights, { mappingInput }: PairParts, y: Node, activation: Activation): Node {
  return sub(sum(potential(activation, mappingInput), [1]), halfSquare(sub(y, w.by)))
}

/** Energy of x given y: E(x|y) = Σ S(u) - ½‖x - b_x‖². @returns [B] */
export function energyXGivenY(w: Weights, { mappingInput }: PairParts, x: Node, activation: Activation): Node {
  return sub(sum(potential(activation, mappingInput), [1]), halfSquare(sub(x, w.bx)))
}

const halfSquare = (x: Node): Node => scale(sum(square(x), [1]), 0.5)

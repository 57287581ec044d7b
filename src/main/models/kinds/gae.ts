import type { Activation } from '../../../shared/kinds/keys'
import type { Node } from '../../compute/graph'
import { add, matmul, mul } from '../../compute/ops'
import { activate } from '../activations'
import { pairContraction } from '../contraction'
import { conditionalFreeEnergy } from '../freeEnergy'
import { visibleMean } from '../visible'
import type { Weights } from '../weights'
import type { ModelKindRecord, Parameter } from './kind'
import { modelKind } from './modelKind'

/**
 * WX [F, Dx] and WY [F, Dy], or WF [F, D] for both; WM [K, F], bm [K], bx [Dx], by [Dy]; VX, VY (or VF) and VM where the
 * decoder is its own.
 */
const parameters: ModelKindRecord['parameters'] = ({ factors, mappings, inputs, targets }, { tied, decoder }) => {
  const X = { shape: [factors, inputs], start: 'factors' } as const
  const Y = { shape: [factors, targets], start: 'factors' } as const
  const M = { shape: [mappings, factors], start: 'mappings' } as const
  const filters = true as const
  const encoder: Record<string, Parameter> = {
    ...(tied ? { WF: { ...X, filters } } : { WX: { ...X, filters }, WY: { ...Y, filters } }),
    ...{ WM: M, bm: { shape: [mappings] } },
    ...{ bx: { shape: [inputs], start: 'meanX' }, by: { shape: [targets], start: 'meanY' } },
  }
  return decoder === 'tied' ? encoder : { ...encoder, ...(tied ? { VF: X } : { VX: X, VY: Y }), VM: M }
}

interface GatedPart {
  /** u = W_M(f_x ⊙ f_y) + b_m [B, K] */
  mappingInput: Node
  /** h = σ(u) [B, K] */
  mapping: Node
  /** a(y|x) = W_Yᵀ(f_x ⊙ W_Mᵀh) + b_y [B, Dy]; V_Y and V_M with a decoder of its own */
  linearY: Node
  /** a(x|y) = W_Xᵀ(f_y ⊙ W_Mᵀh) + b_x [B, Dx] */
  linearX: Node
}

/** The gated equations of an image pair. @param x [B, Dx], or [1, Dx] where it is held @param y [B, Dy] */
export function gatedPart(activation: Activation, w: Weights, x: Node, y: Node): GatedPart {
  const [WX, WY] = [w.WX ?? w.WF, w.WY ?? w.WF]
  const [VX, VY] = [w.VX ?? w.VF ?? WX, w.VY ?? w.VF ?? WY]
  const fx = matmul(x, WX, { transB: true })
  const fy = matmul(y, WY, { transB: true })
  const mappingInput = add(matmul(mul(fx, fy), w.WM, { transB: true }), w.bm)
  const mapping = activate(activation, mappingInput)
  const p = matmul(mapping, w.VM ?? w.WM)
  const linearY = add(matmul(mul(fx, p), VY), w.by)
  const linearX = add(matmul(mul(fy, p), VX), w.bx)
  return { mappingInput, mapping, linearY, linearX }
}

/** Gated auto-encoder of image pairs: E(y|x) = Σ S(u) - ½‖y - b_y‖², E(x|y) likewise with its own quadratic. */
export const gaeKind = modelKind({
  parameters,
  isOf: (has) => has('WX') || has('bx'),
  forward: ({ activation }, w, x, y) => {
    if (y === null) throw new TypeError('a gated auto-encoder models pairs')
    const { mappingInput, mapping, linearX, linearY } = gatedPart(activation, w, x, y)
    return { hiddenInput: null, hidden: null, mappingInput, mapping, linear: { x: linearX, y: linearY } }
  },
  held: ({ activation }, w, x, y) => {
    const { mappingInput, mapping, linearY } = gatedPart(activation, w, x, y)
    return { hiddenInput: null, hidden: null, mappingInput, mapping, linear: linearY }
  },
  energies: { yGivenX: { bias: 'by', covariance: 1 }, xGivenY: { bias: 'bx', covariance: 1 } },
  heldEnergy: 'yGivenX',
  contraction: pairContraction,
  filters: ({ tied }) => (tied ? { x: 'WF', y: null, mean: null } : { x: 'WX', y: 'WY', mean: null }),
  /** r(y|x) = W_Yᵀ(W_X x ⊙ W_Mᵀh) + b_y, which reads no y once h is known. */
  transformed: ({ visible }, w, x, h) => {
    const [WX, VY] = [w.WX ?? w.WF, w.VY ?? w.VF ?? w.WY ?? w.WF]
    const p = matmul(h, w.VM ?? w.WM)
    return visibleMean(visible, add(matmul(mul(matmul(x, WX, { transB: true }), p), VY), w.by))
  },
  rbm: { name: { gaussian: 'fcrbm', bernoulli: 'fcrbm' }, freeEnergy: conditionalFreeEnergy },
})

import type { Activation } from '../../../shared/kinds/keys'
import type { Node } from '../../compute/graph'
import { add, matmul, mul, square } from '../../compute/ops'
import { activate } from '../activations'
import { covarianceContraction } from '../contraction'
import { covarianceFreeEnergy } from '../freeEnergy'
import type { Weights } from '../weights'
import { imageEnergies } from './ae'
import { gatedPart } from './gae'
import type { ModelKindRecord } from './kind'
import { modelKind } from './modelKind'

/** WF [F, D], WM [K, F], bm [K], b [D]; VF [F, D] and VM [K, F] where the decoder is its own. */
export const caeParameters: ModelKindRecord['parameters'] = ({ factors, mappings, inputs }, { decoder }) => {
  const [F, M] = [
    { shape: [factors, inputs], start: 'factors' },
    { shape: [mappings, factors], start: 'mappings' },
  ] as const
  const encoder = {
    WF: { ...F, filters: true },
    WM: M,
    bm: { shape: [mappings] },
    b: { shape: [inputs], start: 'meanX' },
  } as const
  return decoder === 'own' ? { ...encoder, VF: F, VM: M } : encoder
}

interface CovariancePart {
  /** u = W_M f² + b_m [B, K], f = W_F x */
  mappingInput: Node
  /** σ(u) [B, K] */
  mapping: Node
  /** W_Fᵀ(f ⊙ W_Mᵀσ(u)), V_Fᵀ(f ⊙ V_Mᵀσ(u)) with a decoder of its own [B, D] */
  decoded: Node
}

/** A gated auto-encoder with y = x and W_X = W_Y = W_F, without its bias. @param x [B, D] */
export function covariancePart(
  { WF, WM, bm, VF = WF, VM = WM }: Weights,
  x: Node,
  activation: Activation,
): CovariancePart {
  const f = matmul(x, WF, { transB: true })
  const mappingInput = add(matmul(square(f), WM, { transB: true }), bm)
  const mapping = activate(activation, mappingInput)
  return { mappingInput, mapping, decoded: matmul(mul(f, matmul(mapping, VM)), VF) }
}

/** Covariance auto-encoder: a(x|x) = W_Fᵀ(f ⊙ W_Mᵀσ(u)) + b. */
export const caeKind = modelKind({
  parameters: caeParameters,
  isOf: (has) => has('WF') && !has('W') && !has('bx'),
  forward: ({ activation }, w, x) => {
    const { mappingInput, mapping, decoded } = covariancePart(w, x, activation)
    return { hiddenInput: null, hidden: null, mappingInput, mapping, linear: { x: add(decoded, w.b), y: null } }
  },
  /** r(y|x) = W_Fᵀ(W_F x ⊙ W_Mᵀσ(u)) + b */
  held: ({ activation }, w, x, y) => {
    const { mappingInput, mapping, linearY } = gatedPart(activation, { ...w, bx: w.b, by: w.b }, x, y)
    return { hiddenInput: null, hidden: null, mappingInput, mapping, linear: linearY }
  },
  energies: imageEnergies(0.5),
  contraction: covarianceContraction,
  filters: () => ({ x: 'WF', y: null, mean: null }),
  rbm: {
    name: { gaussian: 'crbm', bernoulli: 'crbm' },
    freeEnergy: (visible, w, _x, y, units) => covarianceFreeEnergy(visible, w, y, units),
  },
})

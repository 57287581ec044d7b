import type { Activation } from '../../../shared/kinds/keys'
import type { Node } from '../../compute/graph'
import { add, matmul } from '../../compute/ops'
import { activate } from '../activations'
import { meanContraction } from '../contraction'
import { classicalFreeEnergy } from '../freeEnergy'
import type { Weights } from '../weights'
import type { ModelKindRecord } from './kind'
import { modelKind } from './modelKind'

/** W [H, D], c [H], b [D]; V [H, D] where the decoder is its own. */
export const aeParameters: ModelKindRecord['parameters'] = ({ hidden, inputs }, { decoder }) => ({
  W: { shape: [hidden, inputs], start: 'normal', filters: true },
  c: { shape: [hidden] },
  b: { shape: [inputs], start: 'meanX' },
  ...(decoder === 'own' ? { V: { shape: [hidden, inputs], start: 'normal' } } : {}),
})

interface MeanPart {
  /** W x + c [B, H] */
  hiddenInput: Node
  /** σ(W x + c) [B, H] */
  hidden: Node
  /** Wᵀσ(W x + c), Vᵀσ(W x + c) with a decoder of its own [B, D] */
  decoded: Node
}

/** The mean part of an auto-encoder. @param x [B, D] */
export function meanPart({ W, c, V = W }: Weights, x: Node, activation: Activation): MeanPart {
  const hiddenInput = add(matmul(x, W, { transB: true }), c)
  const hidden = activate(activation, hiddenInput)
  return { hiddenInput, hidden, decoded: matmul(hidden, V) }
}

/** Both energies of a model of one image without factors, and of one whose diagonal energy halves the covariance sum. */
export const imageEnergies = (diagonalShare: number) => ({
  conditional: { bias: 'b', covariance: 1 },
  diagonal: { bias: 'b', covariance: diagonalShare },
})

/** Classical auto-encoder: a(x) = Wᵀσ(W x + c) + b, E(x) = Σ S(W x + c) - ½‖x - b‖². */
export const aeKind = modelKind({
  parameters: aeParameters,
  isOf: (has) => has('W') && !has('WF'),
  forward: ({ activation }, w, x) => {
    const { hiddenInput, hidden, decoded } = meanPart(w, x, activation)
    return { hiddenInput, hidden, mappingInput: null, mapping: null, linear: { x: add(decoded, w.b), y: null } }
  },
  energies: imageEnergies(1),
  contraction: meanContraction,
  rbm: {
    name: { gaussian: 'grbm', bernoulli: 'rbm' },
    freeEnergy: (visible, w, _x, y, units) => classicalFreeEnergy(visible, w, y, units),
  },
})

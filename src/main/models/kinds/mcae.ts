import { add } from '../../compute/ops'
import { addedContraction, covarianceContraction, meanContraction } from '../contraction'
import { meanCovarianceFreeEnergy } from '../freeEnergy'
import { aeParameters, imageEnergies, meanPart } from './ae'
import { caeParameters, covariancePart } from './cae'
import { gatedPart } from './gae'
import { modelKind } from './modelKind'

/** Mean-covariance auto-encoder: a(x) = Wᵀσ(W x + c) + W_Fᵀ(f ⊙ W_Mᵀσ(u)) + b. */
export const mcaeKind = modelKind({
  /** W [H, D], c [H], WF [F, D], WM [K, F], bm [K], b [D]; V, VF and VM where the decoder is its own. */
  parameters: (sizes, variant) => {
    const { W, c, b: _, ...decoding } = aeParameters(sizes, variant)
    return { W, c, ...caeParameters(sizes, variant), ...decoding }
  },
  isOf: (has) => has('W') && has('WF'),
  forward: ({ activation }, w, x) => {
    const { hiddenInput, hidden, decoded: mean } = meanPart(w, x, activation)
    const { mappingInput, mapping, decoded: covariance } = covariancePart(w, x, activation)
    const linear = { x: add(add(mean, covariance), w.b), y: null }
    return { hiddenInput, hidden, mappingInput, mapping, linear }
  },
  /** r(y|x) = Wᵀσ(W y + c) + W_Fᵀ(W_F x ⊙ W_Mᵀσ(u)) + b */
  held: ({ activation }, w, x, y) => {
    const { mappingInput, mapping, linearY } = gatedPart(activation, { ...w, bx: w.b, by: w.b }, x, y)
    const { hiddenInput, hidden, decoded } = meanPart(w, y, activation)
    return { hiddenInput, hidden, mappingInput, mapping, linear: add(decoded, linearY) }
  },
  energies: imageEnergies(0.5),
  contraction: addedContraction(meanContraction, covarianceContraction),
  filters: () => ({ x: 'WF', y: null, mean: 'W' }),
  rbm: {
    name: { gaussian: 'mcrbm', bernoulli: 'mcrbm' },
    freeEnergy: (visible, w, _x, y, units) => meanCovarianceFreeEnergy(visible, w, y, units),
  },
})

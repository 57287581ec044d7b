import { WorkbenchError } from '../../../shared/errors'
import type { ModelKindRecord } from './kind'

/** What a kind cannot leave to the others: its parameters and its forward equations. */
type Own = 'parameters' | 'forward'

/** A kind, what it leaves unsaid filled in: no energy, no RBM, its first matrix on show. */
export function modelKind(own: Pick<ModelKindRecord, Own> & Partial<ModelKindRecord>): ModelKindRecord {
  return {
    isOf: () => false,
    held: (description, w, _x, y) => {
      const { linear, ...units } = own.forward(description, w, y, null)
      return { ...units, linear: linear.x }
    },
    energies: {},
    heldEnergy: 'conditional',
    contraction: null,
    filters: (description) => {
      const parameters = own.parameters({ hidden: 1, factors: 1, mappings: 1, inputs: 1, targets: 1 }, description)
      const first = Object.entries(parameters).find(([, { shape }]) => shape.length === 2)
      if (first !== undefined) return { x: first[0], y: null, mean: null }
      throw new WorkbenchError('NO_FILTERS', `A model of kind ${description.kind} has no filters to show`, {
        remedy: 'Choose another run.',
      })
    },
    transformed: null,
    rbm: null,
    stages: ({ classifier }) => (classifier === undefined ? ['pretrain'] : ['pretrain', 'fit']),
    scores: null,
    ...own,
  }
}

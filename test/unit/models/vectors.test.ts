import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { expectClose } from '../../support/close'
import { vectorOutputs } from '../../support/vectorOutputs'
import { readVector, vectorNames } from '../../support/vectors'

const notComputed = new Set(['trajectory', 'trajectory_energy'])

describe('models in float64 agree with an independent implementation', () => {
  it('has vectors of every kind and activation', () => expect(vectorNames).toHaveLength(20))

  it.each(vectorNames)(
    '%s: units, reconstructions, energies, field, Jacobian, loss and its gradients',
    async (name) => {
      const vector = readVector(name)
      const values = await vectorOutputs(await openBackend({ engine: 'reference', device: 'cpu', threads: 1 }), vector)
      for (const [key, expected] of Object.entries(vector.expected)) {
        // The document's gradients are differences of losses, good to seven digits.
        if (!notComputed.has(key)) expectClose(values[key], expected, key.startsWith('grad_') ? 1e-7 : 1e-9, key)
      }
      expectClose(values.field, values['r - input'], 1e-12, 'the energy gradient is r(y|x) - y')
    },
  )
})

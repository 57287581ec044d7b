import { describe, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { expectClose } from '../../support/close'
import { vectorOutputs } from '../../support/vectorOutputs'
import { readVector, vectorNames } from '../../support/vectors'

const notComputed = new Set(['trajectory', 'trajectory_energy'])

describe('models on onnxruntime agree with an independent implementation', () => {
  it.each(vectorNames)('%s', async (name) => {
    const vector = readVector(name)
    const values = await vectorOutputs(await openBackend({ engine: 'onnx', device: 'cpu', threads: 1 }), vector)
    for (const [key, expected] of Object.entries(vector.expected)) {
      if (!notComputed.has(key)) expectClose(values[key], expected, 1e-4, key)
    }
  })
})

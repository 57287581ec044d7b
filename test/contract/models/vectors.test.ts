import { describe, it } from 'vitest'
import { expectClose } from '../../support/close'
import { engines, openEngine } from '../../support/engines'
import { vectorOutputs } from '../../support/vectorOutputs'
import { readVector, vectorNames } from '../../support/vectors'

const notComputed = new Set(['trajectory', 'trajectory_energy'])

describe.each(engines)('models on %s agree with an independent implementation', (engine) => {
  it.each(vectorNames)('%s', async (name) => {
    const vector = readVector(name)
    const values = await vectorOutputs(await openEngine(engine), vector)
    for (const [key, expected] of Object.entries(vector.expected)) {
      if (!notComputed.has(key)) expectClose(values[key], expected, 1e-4, key)
    }
  })
})

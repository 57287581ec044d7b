import { describe, expect, it } from 'vitest'
import type { FieldModel } from '../../../src/main/dynamics/fieldModel'
import { referenceBackend } from '../../../src/main/compute/reference/backend'
import { integrability } from '../../../src/main/dynamics/integrability'
import { trajectory } from '../../../src/main/dynamics/trajectory'
import { expectClose } from '../../support/close'
import { fieldModel, movingWidth } from '../../support/fieldModel'
import { readVector, vectorNames, type Vector } from '../../support/vectors'

const fieldOf = ({ model: { description, weights }, x }: Vector, row: number): FieldModel => {
  const held = x.subarray(row * description.inputs, (row + 1) * description.inputs)
  return fieldModel({
    description,
    weights,
    slots: description.kind === 'gae' ? 'fixed' : 'both',
    x: held,
  })
}

const startOf = ({ model: { description }, x, y }: Vector, row: number): Float64Array => {
  const width = movingWidth(description)
  return Float64Array.from((y ?? x).subarray(row * width, (row + 1) * width))
}

describe.each(vectorNames)('dynamics of %s', (name) => {
  const vector = readVector(name)
  const rows = Array.from({ length: vector.n }, (_, row) => row)
  const expected = vector.expected as Record<'field' | 'jacobian' | 'trajectory' | 'trajectory_energy', unknown[]>

  it('agree with an independent implementation: field, Jacobian, unit steps and their energies', async () => {
    for (const row of rows) {
      const [model, start] = [fieldOf(vector, row), startOf(vector, row)]
      expectClose((await model.at(start)).field, expected.field[row], 1e-9, 'field')
      expectClose(await model.jacobian(start), expected.jacobian[row], 1e-9, 'Jacobian')
      const walked = await trajectory(model, start, { map: 'step', eps: 1, steps: 5 })
      // One of the linear models runs off; its document goes on where the walk is stopped.
      const taken = walked.stopped?.step ?? 6
      expectClose(walked.points, (expected.trajectory[row] as unknown[]).slice(0, taken), 1e-9, 'trajectory')
      expectClose(walked.energies, (expected.trajectory_energy[row] as unknown[]).slice(0, taken), 1e-9, 'energies')
      expect(taken).toBe(name === 'mcae-linear' && row === 1 ? 3 : 6)
    }
  })

  it('are those of a force field, and its energy that of the equal RBM', async () => {
    const { checks, conclusion, equivalence } = await integrability(
      referenceBackend,
      fieldOf(vector, 0),
      startOf(vector, 0),
      1,
    )
    const values = Object.fromEntries(checks.map(({ key, value }) => [key, value]))
    expect(values.jacobianAsymmetry).toBeLessThan(1e-12)
    expect(values.loopIntegralRelative).toBeLessThan(1e-6)
    expect(values['pathIndependence.relative']).toBeLessThan(1e-6)
    expect(conclusion).toBe('conservative')
    const [kind, activation] = name.split('-')
    if (activation === 'relu') {
      expect(equivalence).toMatchObject({ model: null, hidden: null, maxAbs: null })
      expect(equivalence.why).toMatch(/^not defined: /)
    } else {
      expect(equivalence.model).toBe({ ae: 'grbm', gae: 'fcrbm', cae: 'crbm', mcae: 'mcrbm' }[kind!])
      expect(equivalence.maxAbs).toBeLessThan(1e-9)
    }
  })
})

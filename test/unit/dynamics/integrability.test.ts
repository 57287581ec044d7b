import { describe, expect, it } from 'vitest'
import type { FieldModel } from '../../../src/main/dynamics/fieldModel'
import { referenceBackend } from '../../../src/main/compute/reference/backend'
import { integrability } from '../../../src/main/dynamics/integrability'
import { trajectory } from '../../../src/main/dynamics/trajectory'
import type { ModelDescription } from '../../../src/shared/model'
import { fieldModel, movingWidth, randomArrays, randomField, randomPoint } from '../../support/fieldModel'
import { randomPixels, smallDescription } from '../../support/randomModel'

const activations = ['sigmoid', 'tanh', 'relu', 'linear'] as const
const fields = [
  ['ae', 'both'],
  ['cae', 'both'],
  ['cae', 'fixed'],
  ['mcae', 'both'],
  ['mcae', 'fixed'],
  ['gae', 'fixed'],
] as const

const testedAt = (model: FieldModel, start: Float64Array, seed = 1) =>
  integrability(referenceBackend, model, start, seed)

describe('a field with tied weights', () => {
  it.each(fields)('%s, slots %s: is conservative for every activation', async (kind, slots) => {
    for (const activation of activations) {
      const description = smallDescription(kind, activation)
      const found = await testedAt(randomField(description, slots, 41), randomPoint(movingWidth(description), 42))
      expect(found.conclusion, activation).toBe('conservative')
      expect(found.loopIntegralRelative).toBeLessThan(1e-6)
      expect(found.pathIndependence.relative).toBeLessThan(1e-6)
    }
  })

  it('passes other paths with another seed', async () => {
    const model = randomField(smallDescription('gae'), 'fixed', 43)
    const [one, other] = [await testedAt(model, randomPoint(6, 44), 1), await testedAt(model, randomPoint(6, 44), 2)]
    expect(one.pathIndependence.pathA).not.toBe(other.pathIndependence.pathA)
    expect(await testedAt(model, randomPoint(6, 44), 1)).toEqual(one)
  })
})

describe('images of more pixels than a Jacobian is computed of', () => {
  it('have all other tests, and what is left out is said', async () => {
    const description = { ...smallDescription('ae', 'sigmoid'), inputs: 4225, hidden: 2 }
    const model = randomField(description, 'both', 45)
    const start = randomPoint(4225, 46)
    const { jacobianAsymmetry, checks, conclusion } = await testedAt(model, start)
    expect(jacobianAsymmetry).toBeNull()
    expect(checks[0]).toMatchObject({
      key: 'jacobianAsymmetry',
      verdict: 'undefined',
      reason: expect.stringContaining('left out: a Jacobian of 4225 x 4225') as string,
    })
    expect(checks.slice(1, 3).map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
    expect(conclusion).toBe('conservative')
    expect((await trajectory(model, start, { map: 'step', eps: 1, steps: 2 })).norms).toHaveLength(3)
  })
})

describe('a decoder of its own', () => {
  it.each(fields)('%s, slots %s: is found out, and has no energy', async (kind, slots) => {
    const description = smallDescription(kind, 'sigmoid', { decoder: 'own' })
    const [model, start] = [randomField(description, slots, 51), randomPoint(movingWidth(description), 52)]
    const { jacobianAsymmetry, loopIntegralRelative, pathIndependence, equivalence, checks, conclusion } =
      await testedAt(model, start, 2)
    expect(jacobianAsymmetry).toBeGreaterThan(1e-2)
    expect(loopIntegralRelative).toBeGreaterThan(1e-4)
    expect(pathIndependence.energyDifference).toBeNull()
    expect(pathIndependence.relative).toBeGreaterThan(1e-4)
    expect(equivalence).toMatchObject({ model: null, maxAbs: null })
    expect(conclusion).toBe('not conservative')
    expect(checks[0]).toMatchObject({ verdict: 'fail' })
    expect(checks[0]!.reason).toMatch(/has no energy: its decoder is untied/)
    const walked = await trajectory(model, start, { map: 'step', eps: 1, steps: 3 })
    expect([walked.energies, walked.promisedRise, walked.promiseKept]).toEqual([null, null, null])
    expect(walked.norms).toHaveLength(4)
  })
})

describe('Bernoulli visibles', () => {
  const bernoulli = (kind: ModelDescription['kind'], activation: ModelDescription['activation'] = 'sigmoid') =>
    smallDescription(kind, activation, { visible: 'bernoulli' })
  const pixels = (n: number, seed: number) => Float64Array.from(randomPixels(1, n, seed).data)
  const inner = (n: number, seed: number) => pixels(n, seed).map((value) => 0.05 + 0.9 * value)

  const fieldOf = (description: ModelDescription, slots: 'both' | 'fixed', seed: number) =>
    fieldModel({
      description,
      weights: randomArrays(description, seed),
      slots,
      x: pixels(description.inputs, seed + 1),
    })

  it.each(fields)('%s, slots %s: a - logit(y) is conservative, r - y is not', async (kind, slots) => {
    for (const activation of activations) {
      const description = bernoulli(kind, activation)
      const start = inner(movingWidth(description), 62)
      const { conclusion, lesson, jacobianAsymmetry } = await testedAt(fieldOf(description, slots, 61), start)
      expect(conclusion, activation).toBe('conservative')
      expect(jacobianAsymmetry).toBeLessThan(1e-12)
      // Where all rectified units are off, r is constant, and even this field is a gradient.
      if (activation === 'relu') continue
      expect(lesson!.jacobianAsymmetry).toBeGreaterThan(1e-4)
      expect(lesson!.loopIntegralRelative).toBeGreaterThan(1e-6)
    }
  })

  it.each(['gae', 'cae', 'mcae'] as const)('%s: equals the RBM with Bernoulli visibles', async (kind) => {
    for (const activation of ['sigmoid', 'tanh', 'linear'] as const) {
      const description = bernoulli(kind, activation)
      const { equivalence } = await testedAt(
        fieldOf(description, kind === 'gae' ? 'fixed' : 'both', 63),
        inner(movingWidth(description), 64),
      )
      expect(equivalence.maxAbs).toBeLessThan(1e-9)
    }
  })

  it.each(['gae', 'cae', 'mcae', 'ae'] as const)(
    '%s: with x held each step gains at least 2ε‖r - y‖², also from pixels that are 0 or 1',
    async (kind) => {
      for (let seed = 0; seed < 15; seed++) {
        const description = bernoulli(kind, activations[seed % 4])
        const [model, start] = [fieldOf(description, 'fixed', seed), pixels(movingWidth(description), seed)]
        for (const walk of [
          { map: 'step', eps: 1 },
          { map: 'relaxed', eps: 0.4 },
        ] as const) {
          const { energies, norms, promisedRise, promiseKept } = await trajectory(model, start, { ...walk, steps: 5 })
          expect(promiseKept).toBe(true)
          promisedRise!.forEach((rise, step) => {
            expect(rise).toBeCloseTo(2 * walk.eps * norms[step]! ** 2, 12)
            expect(energies![step + 1]! - energies![step]!).toBeGreaterThanOrEqual(rise - 1e-9)
          })
        }
      }
    },
  )

  it('the flow stays within the cube and climbs', async () => {
    const model = fieldOf(bernoulli('mcae'), 'fixed', 71)
    const { points, energies } = await trajectory(model, pixels(7, 72), { map: 'flow', eps: 0.5, steps: 6 })
    expect(points.every((value) => value >= 0 && value <= 1)).toBe(true)
    for (let step = 1; step < energies!.length; step++) expect(energies![step]).toBeGreaterThan(energies![step - 1]!)
  })
})

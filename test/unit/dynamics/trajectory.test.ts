import { describe, expect, it } from 'vitest'
import { trajectory } from '../../../src/main/dynamics/trajectory'
import { movingWidth, randomField, randomPoint } from '../../support/fieldModel'
import { smallDescription } from '../../support/randomModel'

const activations = ['sigmoid', 'tanh', 'relu', 'linear'] as const

describe('with x held, and for an auto-encoder', () => {
  it.each(['gae', 'cae', 'mcae', 'ae'] as const)(
    '%s: every unit step gains at least half the squared force, on random models',
    async (kind) => {
      for (const activation of activations) {
        for (let seed = 0; seed < 20; seed++) {
          const description = smallDescription(kind, activation)
          const model = randomField(description, 'fixed', seed)
          const walked = await trajectory(model, randomPoint(movingWidth(description), seed + 77), {
            map: 'step',
            eps: 1,
            steps: 6,
          })
          const { energies, norms, promisedRise, promiseKept } = walked
          expect(promiseKept).toBe(true)
          promisedRise!.forEach((rise, step) => {
            expect(rise).toBeCloseTo(norms[step]! ** 2 / 2, 12)
            const gained = energies![step + 1]! - energies![step]!
            expect(gained).toBeGreaterThanOrEqual(rise - 1e-9 * (1 + Math.abs(energies![step]!)))
          })
        }
      }
    },
  )

  it.each([0.3, 1, 1.7, 2])('steps of %s do not lower the energy', async (eps) => {
    for (let seed = 0; seed < 20; seed++) {
      const model = randomField(smallDescription('gae'), 'fixed', seed)
      const { energies, promiseKept } = await trajectory(model, randomPoint(6, seed), { map: 'relaxed', eps, steps: 8 })
      expect(promiseKept).toBe(true)
      for (let step = 1; step < energies!.length; step++) {
        expect(energies![step]).toBeGreaterThanOrEqual(energies![step - 1]! - 1e-12)
      }
    }
  })

  it('beyond 2 nothing is promised', async () => {
    const model = randomField(smallDescription('gae'), 'fixed', 3)
    const { promisedRise, promiseKept } = await trajectory(model, randomPoint(6, 4), {
      map: 'relaxed',
      eps: 2.1,
      steps: 1,
    })
    expect([promisedRise, promiseKept]).toEqual([null, null])
  })
})

describe('a trajectory', () => {
  it('of both slots promises nothing, and its flow climbs all the same', async () => {
    const model = randomField(smallDescription('mcae'), 'both', 9)
    const { energies, promisedRise } = await trajectory(model, randomPoint(7, 10), { map: 'flow', eps: 0.2, steps: 10 })
    expect(promisedRise).toBeNull()
    for (let step = 1; step < energies!.length; step++) {
      expect(energies![step]).toBeGreaterThan(energies![step - 1]!)
    }
  })

  it('of small steps follows the flow', async () => {
    const model = randomField(smallDescription('gae'), 'fixed', 12)
    const start = randomPoint(6, 13)
    const flow = await trajectory(model, start, { map: 'flow', eps: 1, steps: 1 })
    const steps = await trajectory(model, start, { map: 'relaxed', eps: 0.001, steps: 1000 })
    const [end, near] = [flow.points.subarray(-6), steps.points.subarray(-6)]
    end.forEach((value, i) => expect(near[i]).toBeCloseTo(value, 2))
  })

  it('that runs off is stopped, and says that this energy has no maximum', async () => {
    const description = smallDescription('cae', 'linear')
    const model = randomField(description, 'both', 2)
    const start = randomPoint(7, 3).map((value) => 5 * value)
    const { points, stopped, energies } = await trajectory(model, start, { map: 'step', eps: 1, steps: 200 })
    expect(stopped).toMatchObject({ code: 'NO_MAXIMUM', message: 'this energy has no maximum here' })
    expect(points).toHaveLength(7 * stopped!.step)
    expect(energies!.every(Number.isFinite)).toBe(true)
    const flow = await trajectory(model, start, { map: 'flow', eps: 1, steps: 200 })
    expect(flow.stopped?.code).toBe('NO_MAXIMUM')
  })

  it.each(['sigmoid', 'tanh'] as const)(
    'of relaxed steps that are too long says so: a %s AE has a maximum',
    async (units) => {
      const model = randomField(smallDescription('ae', units), 'both', 2)
      const { stopped } = await trajectory(model, randomPoint(7, 3), { map: 'relaxed', eps: 5, steps: 200 })
      expect(stopped).toMatchObject({ code: 'STEP_TOO_LONG', message: expect.stringContaining('has a maximum') })
    },
  )

  it('along which the energy falls is told as overshooting, whatever the energy', async () => {
    const model = randomField(smallDescription('cae', 'sigmoid'), 'both', 1)
    const { stopped } = await trajectory(
      model,
      randomPoint(7, 3).map((value) => value / 100),
      { map: 'relaxed', eps: 9, steps: 200 },
    )
    expect(stopped).toMatchObject({ code: 'STEP_TOO_LONG', message: expect.stringContaining('the energy falls') })
  })

  it('of Bernoulli visibles that leaves [0,1] says that', async () => {
    const model = randomField({ ...smallDescription('ae'), visible: 'bernoulli' }, 'both', 2)
    const start = Float64Array.from({ length: 7 }, (_, pixel) => (pixel % 2 === 0 ? 0.05 : 0.95))
    const { stopped } = await trajectory(model, start, { map: 'relaxed', eps: 8, steps: 50 })
    expect(stopped).toMatchObject({ code: 'LEFT_RANGE', message: expect.stringContaining('[0,1]') })
  })
})

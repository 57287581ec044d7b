import { describe, expect, it } from 'vitest'
import { classicalFreeEnergy, covarianceFreeEnergy, conditionalFreeEnergy } from '../../../src/main/models/freeEnergy'
import { parameterShapes } from '../../../src/main/models/parameters'
import { gaussians } from '../../../src/main/compute/random'
import { sizeOf } from '../../../src/main/compute/shapes'
import { randomPoint } from '../../support/fieldModel'
import { smallDescription } from '../../support/randomModel'
import type { WeightArrays } from '../../../src/main/models/weightArray'

const weightsWith = (kind: 'ae' | 'gae' | 'cae', mappings: number): WeightArrays =>
  Object.fromEntries(
    Object.entries(parameterShapes({ ...smallDescription(kind), mappings })).map(([name, shape], stream) => [
      name,
      { shape, data: Float32Array.from(gaussians(7, stream, 0, sizeOf(shape)), (value) => 0.5 * value) },
    ]),
  )

describe('free energies', () => {
  it.each(['0/1', '-1/+1'] as const)('%s: the sum over all states is the product form', (units) => {
    const weights = weightsWith('gae', 13)
    const [x, y] = [randomPoint(7, 1), randomPoint(6, 2)]
    const first = (w: WeightArrays, count: number): WeightArrays => ({
      ...w,
      WM: { shape: [count, 5], data: w.WM!.data.slice(0, 5 * count) },
      bm: { shape: [count], data: w.bm!.data.slice(0, count) },
    })
    const alone = {
      ...weights,
      WM: { shape: [1, 5], data: weights.WM!.data.slice(60) },
      bm: { shape: [1], data: weights.bm!.data.slice(12) },
    }
    const none = {
      ...weights,
      WM: { shape: [0, 5], data: new Float32Array(0) },
      bm: { shape: [0], data: new Float32Array(0) },
    }
    const of = (w: WeightArrays) => conditionalFreeEnergy('gaussian', w, x, y, units)
    const product = of(weights)
    expect(product.how).toMatch(/product form/)
    // Twelve units and one more are independent given the pair, and each of the two sums is over states.
    const [twelve, one, visible] = [of(first(weights, 12)), of(alone), of(none)]
    expect(twelve.how).toBe('all 2^12 states summed')
    expect(product.value).toBeCloseTo(twelve.value + one.value - visible.value, 10)
  })

  it.each(['gaussian', 'bernoulli'] as const)(
    'the classical RBM of %s visibles: minus log of the sum of exp(-E) over all states',
    (visible) => {
      const { W, c, b } = weightsWith('ae', 1) as Record<'W' | 'c' | 'b', { shape: number[]; data: Float32Array }>
      const [units, pixels] = W.shape as [number, number]
      const v = randomPoint(pixels, 4)
      let sum = 0
      for (let state = 0; state < 2 ** units; state++) {
        let energy = 0
        for (let i = 0; i < pixels; i++) {
          energy += visible === 'gaussian' ? (v[i]! - b.data[i]!) ** 2 / 2 : -b.data[i]! * v[i]!
        }
        for (let j = 0; j < units; j++) {
          if (((state >> j) & 1) === 0) continue
          energy -= c.data[j]!
          for (let i = 0; i < pixels; i++) energy -= W.data[j * pixels + i]! * v[i]!
        }
        sum += Math.exp(-energy)
      }
      expect(classicalFreeEnergy(visible, { W, c, b }, v, '0/1').value).toBeCloseTo(-Math.log(sum), 10)
    },
  )

  it('Gaussian units: the closed form is the integral', () => {
    const weights = weightsWith('cae', 1)
    const v = randomPoint(7, 3)
    const { value } = covarianceFreeEnergy('gaussian', weights, v, 'Gaussian')
    const without = covarianceFreeEnergy(
      'gaussian',
      { ...weights, WM: { shape: [0, 5], data: new Float32Array(0) }, bm: { shape: [0], data: new Float32Array(0) } },
      v,
      'Gaussian',
    ).value
    const [WF, WM] = [weights.WF!, weights.WM!]
    let u = weights.bm!.data[0]!
    for (let f = 0; f < 5; f++) {
      let response = 0
      for (let i = 0; i < 7; i++) response += WF.data[7 * f + i]! * v[i]!
      u += WM.data[f]! * response ** 2
    }
    let integral = 0
    for (let h = u - 12; h <= u + 12; h += 0.01) integral += 0.01 * Math.exp(h * u - h ** 2 / 2)
    expect(value).toBeCloseTo(without - Math.log(integral), 8)
  })
})

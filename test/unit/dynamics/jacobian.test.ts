import { describe, expect, it } from 'vitest'
import { asymmetry } from '../../../src/main/dynamics/jacobian'
import { expectClose } from '../../support/close'
import { movingWidth, randomField, randomPoint } from '../../support/fieldModel'
import { smallDescription } from '../../support/randomModel'

describe('the asymmetry of a Jacobian', () => {
  it('is exactly 0 for a symmetric matrix', () => {
    const random = randomPoint(49, 5)
    const symmetric = random.map((value, at) => value + random[(at % 7) * 7 + Math.floor(at / 7)]!)
    expect(asymmetry(symmetric)).toBe(0)
  })

  it('adds differences, not squares: a rotation has 2, whatever its size', () => {
    expect(asymmetry(Float64Array.of(0, -3, 3, 0))).toBe(2)
  })

  it('counts every pair once from both sides', () => {
    expect(asymmetry(Float64Array.of(1, 2, 0, 1))).toBeCloseTo(Math.sqrt(8 / 6), 15)
  })
})

describe('the Jacobian of a field', () => {
  it.each([
    ['ae', 'both'],
    ['cae', 'both'],
    ['cae', 'fixed'],
    ['mcae', 'both'],
    ['mcae', 'fixed'],
    ['gae', 'fixed'],
  ] as const)('%s, slots %s: is what finite differences say, for every activation', async (kind, slots) => {
    for (const activation of ['sigmoid', 'tanh', 'relu', 'linear'] as const) {
      const description = smallDescription(kind, activation)
      const width = movingWidth(description)
      const [model, start] = [randomField(description, slots, 31), randomPoint(width, 32)]
      const step = 1e-5
      const differences = new Float64Array(width * width)
      for (let j = 0; j < width; j++) {
        const moved = (by: number) => start.map((value, i) => (i === j ? value + by : value))
        const { field } = await model.at(Float64Array.from([...moved(step), ...moved(-step)]))
        for (let i = 0; i < width; i++) differences[i * width + j] = (field[i]! - field[width + i]!) / (2 * step)
      }
      const jacobian = (await model.jacobian(start))!
      expectClose(jacobian, differences, 1e-7, activation)
      expect(asymmetry(jacobian)).toBeLessThan(1e-14)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { productFlops } from '../../../src/main/bench/product'
import { median } from '../../../src/main/bench/row'
import { trainRow } from '../../../src/main/bench/train'
import { stepFlops } from '../../../src/main/bench/trainingStep'

const bounds = { floor: 0.5, goal: 0.9 }
/** A round in which the step reaches this share of the product's rate. */
const round = (share: number, slowdown = 1) => ({
  product: (slowdown * productFlops) / 1e9,
  step: (slowdown * stepFlops) / 1e9 / share,
})

describe('a row of bench train', () => {
  it('counts the step that its documentation describes', () => {
    expect(stepFlops / 1e6).toBeCloseTo(558.7, 1)
    expect(productFlops).toBe(2 * 2048 ** 3)
  })

  it('compares rates within a round, so that a slow minute changes nothing', () => {
    const row = trainRow('row', [round(0.6), round(0.8, 5), round(0.7)], bounds)
    expect(row.ratio).toBeCloseTo(0.7, 12)
    expect(row).toMatchObject({ name: 'row', unit: 'ms a step of one class', ok: true, ...bounds })
    expect(row.against).toContain('1000 GFLOP/s')
  })

  it('fails below its floor', () => {
    expect(trainRow('row', [round(0.49)], bounds).ok).toBe(false)
    expect(trainRow('row', [round(0.51)], bounds).ok).toBe(true)
  })

  it('takes the middle of its rounds', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(3)
  })
})

import { describe, expect, it } from 'vitest'
import { finetuneFlops } from '../../../src/main/bench/finetuning'
import { productFlops } from '../../../src/main/bench/product'
import { median } from '../../../src/main/bench/row'
import { rateRow, trainRows, type Round } from '../../../src/main/bench/train'
import { stepFlops } from '../../../src/main/bench/trainingStep'

const bounds = { floor: 0.5, goal: 0.9 }
/** A round in which every step reaches this share of the product's rate, and tfjs a tenth of it. */
function round(share: number, slowdown = 1): Round {
  const step = (slowdown * stepFlops) / 1e9 / share
  return {
    product: (slowdown * productFlops) / 1e9,
    oneModel: step,
    tenClasses: step,
    finetune: (step * finetuneFlops) / stepFlops,
    wasm: 10 * step,
  }
}
const row = (rounds: readonly Round[]) =>
  rateRow('row', { unit: 'ms a step', flops: stepFlops, step: ({ oneModel }) => oneModel }, rounds, bounds)

describe('a row of bench train', () => {
  it('counts the steps that its documentation describes', () => {
    expect(stepFlops / 1e6).toBeCloseTo(558.7, 1)
    expect(finetuneFlops / 1e6).toBeCloseTo(2392.1, 1)
    expect(productFlops).toBe(2 * 2048 ** 3)
  })

  it('compares rates within a round, so that a slow minute changes nothing', () => {
    const found = row([round(0.6), round(0.8, 5), round(0.7)])
    expect(found.ratio).toBeCloseTo(0.7, 12)
    expect(found).toMatchObject({ name: 'row', unit: 'ms a step', ok: true, ...bounds })
    expect(found.against).toContain('1000 GFLOP/s')
  })

  it('fails below its floor', () => {
    expect(row([round(0.49)]).ok).toBe(false)
    expect(row([round(0.51)]).ok).toBe(true)
  })

  it('takes the middle of its rounds', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(3)
  })

  it('has a fellow for each arrangement, and races tfjs where it is installed', () => {
    const rows = trainRows([round(0.7)])
    expect(rows.map(({ name, ratio }) => [name, Number(ratio.toFixed(6))])).toEqual([
      ['train one model', 0.7],
      ['train ten classes', 0.7],
      ['fine-tune ten classes', 0.7],
      ['train one model, tfjs', 10],
    ])
    expect(trainRows([{ ...round(0.7), wasm: null }])).toHaveLength(3)
  })
})

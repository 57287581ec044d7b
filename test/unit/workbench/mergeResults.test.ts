import { describe, expect, it } from 'vitest'
import type { SplitResult } from '../../../src/shared/trainer'
import { mergeResults } from '../../../src/main/workbench/mergeResults'

const result = (n: number, wrong: number): SplitResult => ({
  evaluation: {
    split: 'train',
    n,
    loss: n,
    error: wrong / n,
    errorInterval: [0, 1],
    nll: 1,
    confusion: [
      [n - wrong, wrong],
      [0, 0],
    ],
  },
  labels: new Int32Array(n),
  predicted: new Int32Array(n),
  scores: new Float32Array(2 * n),
})

describe('mergeResults', () => {
  it('weighs each split by its size and adds the counts', () => {
    const { evaluation, scores, labels } = mergeResults('all', [result(30, 3), result(10, 3)])
    expect(evaluation.n).toBe(40)
    expect(evaluation.error).toBeCloseTo(6 / 40)
    expect(evaluation.loss).toBeCloseTo((30 * 30 + 10 * 10) / 40)
    expect(evaluation.confusion).toEqual([
      [34, 6],
      [0, 0],
    ])
    // 6 of 40, 95 %: the score interval in closed form.
    expect(evaluation.errorInterval?.[0]).toBeCloseTo(0.0706, 3)
    expect(evaluation.errorInterval?.[1]).toBeCloseTo(0.2907, 3)
    expect(labels).toHaveLength(40)
    expect(scores).toHaveLength(80)
  })

  it('leaves a single split as it is', () => {
    const one = result(5, 1)
    expect(mergeResults('train', [one])).toBe(one)
  })
})

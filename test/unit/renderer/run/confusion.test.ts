import { describe, expect, it } from 'vitest'
import {
  classMeasures,
  formatCell,
  parseCell,
  rowShares,
  worstCell,
} from '../../../../src/renderer/src/views/Run/confusion'
import { firstTab, phaseText } from '../../../../src/renderer/src/views/Run/phase'

const matrix = [
  [6, 2, 0],
  [1, 9, 0],
  [0, 3, 0],
]

describe('confusion matrix', () => {
  it('gives shares of the true class, row by row', () => {
    expect(rowShares(matrix)[0]).toEqual([0.75, 0.25, 0])
    expect(rowShares([[0, 0]])).toEqual([[0, 0]])
  })

  it('gives precision and recall, absent where there is nothing to divide by', () => {
    const [first, second, third] = classMeasures(matrix)
    expect(first).toEqual({ n: 8, predicted: 7, precision: 6 / 7, recall: 0.75 })
    expect(second).toMatchObject({ precision: 9 / 14, recall: 0.9 })
    expect(third).toEqual({ n: 3, predicted: 0, precision: null, recall: 0 })
  })

  it('knows what is confused most', () => {
    expect(worstCell(matrix)).toEqual({ label: 2, predicted: 1 })
    expect(
      worstCell([
        [4, 0],
        [0, 4],
      ]),
    ).toBeNull()
  })

  it('keeps a cell in the route and refuses what is none', () => {
    expect(parseCell(formatCell({ label: 2, predicted: 1 }), 3)).toEqual({ label: 2, predicted: 1 })
    for (const text of [null, '', '3,1', '1', '-1,2', 'a,b']) expect(parseCell(text, 3)).toBeNull()
  })
})

describe('what a run is doing', () => {
  const progress = {
    t: 1,
    phase: 'pretrain',
    class: 1,
    epoch: 12,
    epochs: 40,
    step: 9,
    loss: 1,
    fraction: 0.5,
    eta: 9,
  } as const

  it('is said with the class and epoch', () => {
    expect(phaseText(progress, ['tall', 'wide'])).toBe('training class wide (2 of 2), epoch 12 of 40')
    expect(phaseText({ ...progress, class: null }, null)).toBe('training, epoch 12 of 40')
    expect(phaseText({ ...progress, phase: 'whiten' }, null)).toBe('fitting the whitening to the training images')
    expect(phaseText({ ...progress, phase: 'fit', class: null }, null)).toBe('fitting the classifier, epoch 12 of 40')
    expect(phaseText({ ...progress, phase: 'evaluate' }, null)).toBe('evaluating the splits')
  })

  it('decides what is shown first', () => {
    expect(firstTab({ status: 'running', test: null })).toBe('training')
    expect(firstTab({ status: 'done', test: null })).toBe('results')
  })
})

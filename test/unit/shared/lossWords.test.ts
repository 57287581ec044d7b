import { describe, expect, it } from 'vitest'
import { lossWords } from '../../../src/shared/lossWords'
import { fittedWords, runNotices } from '../../../src/shared/runNotices'
import type { Evaluation } from '../../../src/shared/runs'
import { runSpecSchema, type RunSpecInput } from '../../../src/shared/spec/schema'

const spec = (over: Partial<RunSpecInput>) => runSpecSchema.parse({ model: { kind: 'ae' }, dataset: 'd', ...over })

describe('a loss', () => {
  it('of pairs says which directions it is of, and whether the input is corrupted', () => {
    const both = spec({ model: { kind: 'gae', objective: 'both' }, corruption: { kind: 'mask', level: 0.5 } })
    expect(lossWords(both, 'clean')).toBe('half squared error a pair, clean input, sum of y|x and x|y')
    expect(lossWords(both, 'corrupted')).toBe(
      'half squared error a pair, corrupted input (masking 0.5), sum of y|x and x|y',
    )
    expect(lossWords(spec({ model: { kind: 'gae', objective: 'x|y' } }), 'clean')).toContain('x|y alone')
  })

  it('of single images is of no direction', () => {
    const bernoulli = spec({
      model: { kind: 'ae', visible: 'bernoulli' },
      corruption: { kind: 'gaussian', level: 0.1 },
    })
    expect(lossWords(bernoulli, 'corrupted')).toBe(
      'cross-entropy an image, corrupted input (Gaussian noise of std 0.1)',
    )
    expect(lossWords(spec({ corruption: { kind: 'none' } }), 'corrupted')).toBe(
      'half squared error an image, clean input',
    )
  })
})

it('a classifier says what is fitted, and that only biases are the paper’s eq. 7/8', () => {
  const fitted = (finetune: 'biases' | 'scales' | 'all') => fittedWords(spec({ classifier: { finetune } }).classifier)
  expect(fitted('biases')).toMatch(/: the paper's eq\. 7\/8$/)
  expect(fitted('scales')).toMatch(/beyond the paper's eq\. 7\/8$/)
  expect(fitted('all')).toMatch(/beyond the paper's eq\. 7\/8$/)
  expect(fittedWords(undefined)).toBeNull()
})

it('a run tells a test split on another scale, and negative coefficients', () => {
  const pixels = (high: number) => ({
    x: { low: 0, high, mean: high / 2, imageMeans: { low: 0, high } },
    y: null,
  })
  const result = (over: Partial<Evaluation>): Evaluation => ({
    ...{ split: 'valid', n: 1, loss: 1, error: 0, errorInterval: null, nll: null, confusion: null },
    ...over,
  })
  const training = { pixels: pixels(255), reconstructionError: { x: null, y: null } }
  const valid = result({ training, pixels: pixels(250), coefficients: { aM: [1, 1], aC: [1, -2], aB: [1, 1] } })
  const test = result({ split: 'test', pixels: pixels(1) })
  const run = { dataset: 'mixed', datasetInfo: null }
  expect(runNotices({ ...run, valid, test })).toEqual([
    expect.stringMatching(/^mixed, test, is on another scale than the training data: its pixels are 0 to 1\.00/),
    expect.stringContaining('class 1 (aC)'),
  ])
  expect(runNotices({ ...run, valid: null, test: null })).toEqual([])
})

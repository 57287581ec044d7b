import { expect, test } from 'vitest'
import { readAxes, readBase, readRungs, readSeeds } from '../../../../src/renderer/src/specForm/sweepText'

test('axes are JSON, or a line each', () => {
  const axes = { 'optimizer.learningRate': [0.01, 0.1], 'model.hidden': { from: 4, to: 512, scale: 'log' } }
  expect(readAxes(JSON.stringify(axes))).toEqual({ ok: true, value: axes })
  const text = 'optimizer.learningRate: 0.01, .1\n\nmodel.hidden = 4 .. 512 log'
  expect(readAxes(text)).toEqual({ ok: true, value: axes })
  expect(readAxes('corruption.kind: mask, none\nearlyStopping: [null, {"patience": 5}]\nlr 1e-3..1')).toEqual({
    ok: true,
    value: {
      'corruption.kind': ['mask', 'none'],
      earlyStopping: [null, { patience: 5 }],
      lr: { from: 0.001, to: 1, scale: 'linear' },
    },
  })
  expect(readAxes('')).toEqual({ ok: true, value: {} })
})

test.each([
  ['{"a": [1,]}', /^line 1, column \d+/],
  ['optimizer.learningRate', /^line 1: key: values/],
  ['a: 1\na: 2', /^line 2: a stands there twice/],
])('axes %s are refused with their line', (text, words) => {
  expect(readAxes(text)).toEqual({ ok: false, message: expect.stringMatching(words) })
})

test('a base is an object, or a name', () => {
  expect(readBase(' quick ')).toEqual({ ok: true, value: 'quick' })
  expect(readBase('{"preset": "quick"}')).toEqual({ ok: true, value: { preset: 'quick' } })
  expect(readBase('{"preset"').ok).toBe(false)
  expect(readBase('').ok).toBe(false)
})

test('seeds and rungs are numbers in a line', () => {
  expect(readSeeds('1, 2 7')).toEqual({ ok: true, value: [1, 2, 7] })
  expect(readSeeds('1-3, 9')).toEqual({ ok: true, value: [1, 2, 3, 9] })
  expect(readSeeds('[4,5]')).toEqual({ ok: true, value: [4, 5] })
  expect(readSeeds(' ')).toEqual({ ok: true, value: undefined })
  expect(readSeeds('1-x').ok).toBe(false)
  expect(readRungs('10, 40')).toEqual({ ok: true, value: { epochs: [10, 40] } })
  expect(readRungs('')).toEqual({ ok: true, value: null })
  expect(readRungs('10, 0.5').ok).toBe(false)
})

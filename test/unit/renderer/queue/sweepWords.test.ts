import { expect, test } from 'vitest'
import {
  axisTitle,
  bestText,
  costText,
  progressText,
  settingsText,
} from '../../../../src/renderer/src/views/Queue/sweepWords'
import type { BestSetting, SweepPlan } from '../../../../src/shared/sweeps'

test('a setting is told by the last words of its keys, where they tell them apart', () => {
  expect(
    settingsText({ 'optimizer.learningRate': 0.00796447312, 'corruption.kind': 'mask', earlyStopping: null }),
  ).toBe('learningRate 0.00796447, kind mask, earlyStopping null')
  expect(settingsText({})).toBe('the base')
  const keys = ['corruption.level', 'classifier.corruption.level', 'model.hidden']
  expect(keys.map((key) => axisTitle(key, keys))).toEqual(['corruption.level', 'classifier.corruption.level', 'hidden'])
})

test('the best is told with its deviation, n and measure', () => {
  const best = { by: 'valid.error', n: 3, valid: { error: { mean: 0.0124, std: 0.002 }, nll: null, loss: null } }
  expect(bestText(best as BestSetting)).toBe('validation error 1.24 % ± 0.20 % (n 3)')
  const one = { by: 'valid.loss', n: 1, valid: { error: null, nll: null, loss: { mean: 12.345, std: null } } }
  expect(bestText(one as BestSetting)).toBe('validation loss 12.3 (n 1)')
})

test('progress and cost are told in a line', () => {
  const progress = { done: 3, running: 2, queued: 0, missing: 0, failed: 1, of: 6, fraction: 0.6 }
  expect(progressText(progress)).toBe('3 of 6 done, 2 running, 1 failed')
  const plan = (seconds: number | null) => ({ cost: { seconds, slots: 2, unknown: 0 } }) as SweepPlan
  expect(costText(plan(600))).toBe('~10 min, 2 runs at once with one thread each')
  expect(costText(plan(null))).toMatch(/^no estimate yet/)
})

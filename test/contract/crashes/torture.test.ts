import { expect, test } from 'vitest'
import { torture } from '../../../scripts/torture.mjs'

test('ten kills of main, trainers or both lose nothing, and resumed runs end at the figures of an undisturbed one', async () => {
  const report = await torture({ kills: 10, seed: 7 })
  expect(report.faults).toEqual([])
  expect(report.kills).toBe(10)
  expect(report.runs).toBeGreaterThan(0)
  expect(report.largestDifference).toBeLessThanOrEqual(1e-5)
}, 240_000)

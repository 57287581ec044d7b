import { expect, test } from 'vitest'
import { LineBudget } from '../../src/main/lineBudget'

test('a hundred lines a minute are told; the next says how many were not', () => {
  let now = 0
  const budget = new LineBudget(() => now)
  const lines = Array.from({ length: 130 }, () => budget.take())
  expect(lines.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 0))
  expect(lines.slice(100)).toEqual(Array.from({ length: 30 }, () => null))
  now = 60_000
  expect([budget.take(), budget.take()]).toEqual([30, 0])
})

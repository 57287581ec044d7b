import { expect, it } from 'vitest'
import { PixelTally, quantile } from '../../../src/main/statistics/pixels'

it('pixels of all blocks are tallied as of one set', () => {
  const tally = new PixelTally()
  expect(tally.statistics).toBeNull()
  tally.add(Float32Array.of(0, 1, 2, 3), 2)
  tally.add(Float32Array.of(-4, 10), 2)
  expect(tally.statistics).toEqual({ low: -4, high: 10, mean: 2, imageMeans: { low: 0.5, high: 3 } })
})

it('a quantile is a value that the share lies at or below', () => {
  const values = Float64Array.from({ length: 1000 }, (_, index) => 999 - index)
  expect(quantile(values, 0.999)).toBe(998)
  expect(quantile([3, 1, 2], 0.999)).toBe(3)
  expect(quantile([3], 0)).toBe(3)
})

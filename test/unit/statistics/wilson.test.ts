import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../../src/main/statistics/wilson'

describe('the 95 % interval of an error', () => {
  // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3: 81/263, 15/148, 0/20, 1/29.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is [%f, %f]', (count, n, low, high) => {
    const interval = wilsonInterval(count, n)
    expect(interval[0]).toBeCloseTo(low, 4)
    expect(interval[1]).toBeCloseTo(high, 4)
  })

  it('ends at 0 and at 1 exactly, whatever n is', () => {
    for (let n = 1; n < 3000; n += 7) {
      expect([wilsonInterval(0, n)[0], wilsonInterval(n, n)[1]]).toEqual([0, 1])
    }
  })
})

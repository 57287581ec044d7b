import { describe, expect, it } from 'vitest'
import { meanInterval, moments, pairedT, welchT } from '../../../src/main/statistics/student'

/** Hours of sleep gained by two drugs, ten patients: the example of "Student" (1908), as R tells it (`sleep`, t.test). */
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

describe("Student's t", () => {
  it('of pairs is that of his own example', async () => {
    const test = (await pairedT(first.map((value, patient) => value - second[patient]!)))!
    expect(test.difference).toBeCloseTo(-1.58, 12)
    expect(test.degrees).toBe(9)
    expect(test.p).toBeCloseTo(0.002833, 6)
    expect(test.interval).toEqual([expect.closeTo(-2.4598858, 7), expect.closeTo(-0.7001142, 7)])
  })

  it("of two lots that are not paired is Welch's", async () => {
    const test = (await welchT(first, second))!
    expect(test.degrees).toBeCloseTo(17.776, 3)
    expect(test.p).toBeCloseTo(0.07939, 5)
    expect(test.interval).toEqual([expect.closeTo(-3.3654832, 7), expect.closeTo(0.2054832, 7)])
    const other = (await welchT(second, first))!
    expect([other.difference, other.p]).toEqual([-test.difference, test.p])
  })

  it.each([
    // Quantiles of 97.5 %: Student's tables.
    [1, 12.706205],
    [2, 4.302653],
    [4, 2.776445],
    [9, 2.262157],
    [29, 2.04523],
  ])('has the tabled quantile of %i degrees of freedom', async (degrees, quantile) => {
    const values = Array.from({ length: degrees + 1 }, (_, index) => index ** 2)
    const { n, mean, std } = moments(values)
    const half = (quantile * std!) / Math.sqrt(n)
    const [low, high] = (await meanInterval(values))!
    expect([(mean - low) / half, (high - mean) / half]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)])
  })

  it('tells nothing of one value, and nothing of the chance in equal ones', async () => {
    expect(await pairedT([0.3])).toBeNull()
    expect(await pairedT([0.1, 0.1, 0.1])).toBeNull()
    expect(await welchT([0.1, 0.2], [0.3])).toBeNull()
    expect(await welchT([0.1, 0.1], [0.3, 0.3])).toBeNull()
    expect(await meanInterval([0.3])).toBeNull()
    expect(await meanInterval([0.1, 0.1, 0.1])).toEqual([0.1, 0.1].map((value) => expect.closeTo(value, 15)))
    expect(moments([0.1, 0.1, 0.1]).std).toBe(0)
  })
})

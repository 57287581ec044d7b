import { describe, expect, it } from 'vitest'
import { splitOptionsSchema } from '../../../src/shared/datasets'
import { splitCounts, splitRows } from '../../../src/main/datasets/splits'

const options = (given: object = {}) => splitOptionsSchema.parse(given)

describe('splits', () => {
  it('are a tenth for validation and a tenth for test where nothing is said', () => {
    expect(splitCounts(1000, options(), false)).toEqual({ train: 800, valid: 100, test: 100 })
    expect(splitCounts(1000, options(), true)).toEqual({ train: 900, valid: 100, test: 0 })
  })

  it('are by count or by fraction', () => {
    expect(splitCounts(10_000, options({ valid: 1000, test: 1000 }), false)).toEqual({
      train: 8000,
      valid: 1000,
      test: 1000,
    })
    expect(splitCounts(10, options({ validFraction: 0.3, test: 0 }), false)).toEqual({ train: 7, valid: 3, test: 0 })
  })

  it.each([
    [{ valid: 1, validFraction: 0.1 }, false, 'SPLIT_OPTIONS'],
    [{ test: 1 }, true, 'SPLIT_OPTIONS'],
    [{ valid: 6, test: 4 }, false, 'SPLIT_TOO_LARGE'],
  ])('refuse %j', (given, ownTest, code) => {
    expect(() => splitCounts(10, options(given), ownTest)).toThrow(expect.objectContaining({ code }))
  })

  it('use every row once, by the seed, in the order of the file', () => {
    const counts = { train: 60, valid: 25, test: 15 }
    const rows = splitRows(100, counts, 5)
    expect([rows.train.length, rows.valid.length, rows.test.length]).toEqual([60, 25, 15])
    const all = [...rows.train, ...rows.valid, ...rows.test]
    expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    for (const split of Object.values(rows)) expect([...split]).toEqual([...split].sort((a, b) => a - b))
    expect(splitRows(100, counts, 5)).toEqual(rows)
    expect(splitRows(100, counts, 6)).not.toEqual(rows)
  })
})

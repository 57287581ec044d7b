import { describe, expect, it } from 'vitest'
import { splitOptionsSchema } from '../../../src/shared/datasets'
import { shareOut, splitCounts, splitRows } from '../../../src/main/datasets/splits'

const none = { valid: false, test: false }
const ownTest = { valid: false, test: true }

const options = (given: object = {}) => splitOptionsSchema.parse(given)

describe('splits', () => {
  it('are a tenth for validation and a tenth for test where nothing is said', () => {
    expect(splitCounts(1000, options(), none)).toEqual({ train: 800, valid: 100, test: 100 })
    expect(splitCounts(1000, options(), ownTest)).toEqual({ train: 900, valid: 100, test: 0 })
  })

  it('are by count or by fraction', () => {
    expect(splitCounts(10_000, options({ valid: 1000, test: 1000 }), none)).toEqual({
      train: 8000,
      valid: 1000,
      test: 1000,
    })
    expect(splitCounts(10, options({ validFraction: 0.3, test: 0 }), none)).toEqual({ train: 7, valid: 3, test: 0 })
  })

  it.each([
    [{ valid: 1, validFraction: 0.1 }, none, 'SPLIT_OPTIONS'],
    [{ test: 1 }, ownTest, 'SPLIT_OPTIONS'],
    [{ valid: 1 }, { valid: true, test: true }, 'SPLIT_OPTIONS'],
    [{ valid: 6, test: 4 }, none, 'SPLIT_TOO_LARGE'],
  ])('refuse %j', (given, own, code) => {
    expect(() => splitCounts(10, options(given), own)).toThrow(expect.objectContaining({ code }))
  })

  it('use every row once, by the seed, in the order of the file', () => {
    const counts = { train: 60, valid: 25, test: 15 }
    const rows = splitRows(100, counts, 5, null)
    expect([rows.train.length, rows.valid.length, rows.test.length]).toEqual([60, 25, 15])
    const all = [...rows.train, ...rows.valid, ...rows.test]
    expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    for (const split of Object.values(rows)) expect([...split]).toEqual([...split].sort((a, b) => a - b))
    expect(splitRows(100, counts, 5, null)).toEqual(rows)
    expect(splitRows(100, counts, 6, null)).not.toEqual(rows)
  })

  it('give every class its share, and a rare one a place in each', () => {
    // 285 and 15: the rare class is in all splits; each row is used once.
    const labels = Int32Array.from({ length: 300 }, (_, row) => (row % 20 === 0 ? 1 : 0))
    const rows = splitRows(300, { train: 240, valid: 30, test: 30 }, 1, labels)
    const rare = (split: Int32Array) => split.filter((row) => labels[row] === 1).length
    expect([rare(rows.train), rare(rows.valid), rare(rows.test)]).toEqual([12, 2, 1])
    expect(new Set([...rows.train, ...rows.valid, ...rows.test]).size).toBe(300)
    expect(splitRows(300, { train: 240, valid: 30, test: 30 }, 1, labels)).toEqual(rows)
  })

  it.each([
    ['in proportion', [100, 100, 200], 40, [10, 10, 20]],
    ['at least one of each', [291, 3, 3, 3], 30, [27, 1, 1, 1]],
    ['none of a class that has to keep its only image', [10, 1], 3, [3, 0]],
    ['more than a class should give where all together have no more', [2, 2], 3, [2, 1]],
    ['as many as there are of the total', [5, 5, 5], 2, [1, 1, 0]],
  ])('are shared out: %s', (_, sizes, total, expected) => {
    expect(shareOut(sizes, total, 1)).toEqual(expected)
  })
})

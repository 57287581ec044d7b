import { describe, expect, it } from 'vitest'
import { finetuneStream, streamOf, type Purpose } from '../../../src/main/training/data/streams'
import { holdOut, rowsOfClass } from '../../../src/main/training/data/holdOut'
import { selectExamples } from '../../../src/main/models/examples'

describe('examples of a class', () => {
  it('are its rows, in order', () => {
    const rows = rowsOfClass(Int32Array.of(0, 1, 0, 2, 1), 1)
    expect([...rows]).toEqual([1, 4])
    const pairs = {
      n: 5,
      x: Float32Array.from({ length: 10 }, (_, i) => i),
      y: Float32Array.from({ length: 5 }, (_, i) => -i),
    }
    expect(selectExamples(pairs, rows)).toEqual({ n: 2, x: Float32Array.of(2, 3, 8, 9), y: Float32Array.of(-1, -4) })
  })

  it('held-out rows are kept from the model: both parts are the whole, and the draw follows the seed', () => {
    const rows = Int32Array.from({ length: 50 }, (_, i) => 3 * i)
    const { learn, keep } = holdOut(rows, 0.2, 7, 1)
    expect(keep).toHaveLength(10)
    expect([...learn, ...keep].sort((a, b) => a - b)).toEqual([...rows])
    expect(holdOut(rows, 0.2, 7, 1)).toEqual({ learn, keep })
    expect(holdOut(rows, 0.2, 8, 1).keep).not.toEqual(keep)
    expect(holdOut(rows, 0, 7, 1).learn).toEqual(rows)
  })
})

describe('streams', () => {
  it('every purpose of every class draws from a stream of its own', () => {
    const purposes: Purpose[] = [
      'start',
      'order',
      'corruptX',
      'corruptY',
      'validX',
      'validY',
      'holdout',
      'contractX',
      'contractY',
    ]
    const classes = [null, 0, 1, 9]
    const streams = [
      ...classes.flatMap((modelClass) => purposes.map((purpose) => streamOf(purpose, modelClass))),
      ...purposes.map(finetuneStream),
    ]
    expect(new Set(streams).size).toBe(streams.length)
    expect([streamOf('holdout', 9), finetuneStream('corruptX')]).toEqual([76, 0x4000_0002])
  })
})

import { describe, expect, it } from 'vitest'
import { areaAverage } from '../../../src/main/images/areaAverage'

const average = (image: number[][], target: [number, number]) => [
  ...areaAverage((y, into) => into.set(image[y]!), [image.length, image[0]!.length], target),
]

describe('area average', () => {
  it('leaves an image of the target size as it is', () => {
    const image = Array.from({ length: 28 }, (_, y) =>
      Array.from({ length: 28 }, (_, x) => Math.fround((y * 28 + x) / 783)),
    )
    expect(average(image, [28, 28])).toEqual(image.flat())
  })

  it('averages whole blocks', () => {
    expect(
      average(
        [
          [0, 1, 4, 4],
          [1, 2, 4, 0],
        ],
        [1, 2],
      ),
    ).toEqual([1, 3])
  })

  it('weighs partly covered pixels by their share', () => {
    expect(average([[0, 3, 6]], [1, 2])).toEqual([1, 5])
    expect(average([[2], [8]], [3, 1])).toEqual([2, 5, 8])
  })

  it('keeps the mean, whatever the sizes', () => {
    const image = Array.from({ length: 37 }, (_, y) => Array.from({ length: 53 }, (_, x) => (x * 7 + y * 13) % 11))
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    for (const target of [
      [28, 28],
      [5, 60],
      [40, 1],
    ] as [number, number][]) {
      expect(mean(average(image, target))).toBeCloseTo(mean(image.flat()), 5)
    }
  })
})

import { expect, it } from 'vitest'
import { binEdges, histogramBars } from '../../../../src/renderer/src/charts/histogram'
import { light } from '../../../../src/renderer/src/styles/palette'

const histogram = { low: -1, high: 3, counts: Float64Array.of(5, 0, 1_000_000, 1) }

it('the parts of a histogram are equal and go from its lower to its upper end', () => {
  expect(binEdges(histogram)).toEqual([
    [-1, 0],
    [0, 1],
    [1, 2],
    [2, 3],
  ])
})

it('every part with pixels is a bar, of one pixel too; an empty part is none', () => {
  const option = histogramBars(histogram, 'value', light) as {
    series: [{ data: (number | null)[] }]
    yAxis: { type: string; min: number }
    tooltip: { formatter: (items: unknown) => string }
  }
  expect(option.series[0].data).toEqual([5, null, 1_000_000, 1])
  expect(option.yAxis).toMatchObject({ type: 'log' })
  expect(option.yAxis.min).toBeLessThan(1)
  expect(option.tooltip.formatter([{ dataIndex: 2 }])).toBe('1 to 2: 1,000,000 pixels')
})

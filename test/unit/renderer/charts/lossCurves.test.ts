import { describe, expect, it } from 'vitest'
import { besidePoint } from '../../../../src/renderer/src/charts/axes'
import { classMark, classSymbol } from '../../../../src/renderer/src/charts/classMarks'
import { curveGroups, lossCurves, type LossCurvesInput } from '../../../../src/renderer/src/charts/lossCurves'
import { curveTooltip } from '../../../../src/renderer/src/charts/curveTooltip'
import { smooth } from '../../../../src/renderer/src/charts/smoothing'
import { classColour, light } from '../../../../src/renderer/src/styles/palette'
import type { Metric } from '../../../../src/shared/runs'

const metric = (over: Partial<Metric>): Metric => ({
  phase: 'pretrain',
  class: 0,
  epoch: 1,
  trainLoss: 1,
  validLoss: 1.5,
  validError: null,
  seconds: 1,
  ...over,
})

const metrics = [
  metric({ class: 0, epoch: 1, trainLoss: 4, validLoss: 5 }),
  metric({ class: 0, epoch: 2, trainLoss: 2, validLoss: 3 }),
  metric({ class: 1, epoch: 1, trainLoss: 8, validLoss: 9 }),
  metric({ phase: 'fit', class: null, epoch: 1, trainLoss: 0.2, validLoss: 0.3, validError: 0.01 }),
]

interface Series {
  id: string
  name: string
  data: [number, number | null][]
  symbol: string
  lineStyle: { color: string; type: unknown; opacity: number }
}

const draw = (over: Partial<LossCurvesInput> = {}) => {
  const option = lossCurves({
    metrics,
    group: { phase: 'pretrain', class: 'all' },
    visible: 'gaussian',
    classes: ['tall', 'wide'],
    logY: false,
    smoothing: 0,
    colour: 2,
    palette: light,
    ...over,
  })
  return { option, series: option.series as Series[] }
}

describe('loss curves', () => {
  it('offer every model and the fit, in words', () => {
    expect(curveGroups(metrics, ['tall', 'wide']).map(({ label }) => label)).toEqual([
      'All classes',
      'Class tall',
      'Class wide',
      'Classifier fit',
    ])
    expect(curveGroups([metric({ class: null })], null).map(({ label }) => label)).toEqual(['All data'])
  })

  it('draw training dashed and validation full, one colour a class', () => {
    const { series, option } = draw()
    expect(series.map(({ id }) => id)).toEqual([
      'Class tall valid',
      'Class tall train',
      'Class wide valid',
      'Class wide train',
    ])
    expect(option.legend).toMatchObject({
      data: [
        { name: 'Class tall', icon: classSymbol(0) },
        { name: 'Class wide', icon: classSymbol(1) },
      ],
    })
    expect(series[0]!.data).toEqual([
      [1, 5],
      [2, 3],
    ])
    expect(series.map(({ lineStyle }) => lineStyle.color)).toEqual([
      light.classes[0],
      light.classes[0],
      light.classes[1],
      light.classes[1],
    ])
    expect(series[0]!.lineStyle.type).toBe('solid')
    expect(series[1]!.lineStyle.type).not.toBe('solid')
  })

  it("use the run's own colour for a single model", () => {
    const { series } = draw({ group: { phase: 'pretrain', class: 0 } })
    expect(series.map(({ name, lineStyle }) => [name, lineStyle.color])).toEqual([
      ['valid', light.runs[2]],
      ['train', light.runs[2]],
    ])
  })

  it('never mix the fit with the reconstruction losses', () => {
    const { series, option } = draw({ group: { phase: 'fit' } })
    expect(series.flatMap(({ data }) => data)).toEqual([
      [1, 0.3],
      [1, 0.2],
    ])
    expect((option.yAxis as { name: string }).name).toContain('cross-entropy')
  })

  it('leave out only what a logarithm cannot show', () => {
    const { series, option } = draw({ metrics: [metric({ trainLoss: 0, validLoss: 2 })], logY: true })
    expect((option.yAxis as { type: string }).type).toBe('log')
    expect(series[0]!.data).toEqual([[1, 2]])
    expect(series[1]!.data).toEqual([[1, null]])
  })

  it('keep the raw values faint below the smooth ones', () => {
    const { series } = draw({ group: { phase: 'pretrain', class: 0 }, smoothing: 0.5 })
    expect(series).toHaveLength(4)
    const [raw, smoothed] = [
      series.find(({ id }) => id === 'train train raw')!,
      series.find(({ id }) => id === 'train train')!,
    ]
    expect(raw.data).toEqual([
      [1, 4],
      [2, 2],
    ])
    expect(raw.lineStyle.opacity).toBeLessThan(0.5)
    expect(smoothed.data[1]![1]).toBeCloseTo((0.5 * 4 + 2) / 1.5, 12)
  })

  it('have no line for a validation loss that was never measured', () => {
    const { series } = draw({ metrics: [metric({ validLoss: null })], group: { phase: 'pretrain', class: 0 } })
    expect(series.map(({ name }) => name)).toEqual(['train'])
  })
})

it('ten classes are told apart by colour and mark, and their names stand beside the curves', () => {
  const ten = Array.from({ length: 10 }, (_, index) => [1, 2].map((epoch) => metric({ class: index, epoch }))).flat()
  const { series, option } = draw({ metrics: ten, classes: null })
  const looks = series.map(({ lineStyle, symbol }) => `${lineStyle.color} ${symbol}`)
  expect(new Set(looks).size).toBe(10)
  expect(light.runs).not.toContain(series[0]!.lineStyle.color)
  expect(option.legend).toMatchObject({ orient: 'vertical', right: 0 })
  expect((option.grid as { right: number }).right).toBeGreaterThan(100)
})

it('no two of seventy classes have the same colour and mark', () => {
  const looks = Array.from({ length: 70 }, (_, label) => `${classColour(light, label)} ${classMark(label)}`)
  expect(new Set(looks).size).toBe(70)
})

describe('words on a point', () => {
  const chart: [number, number] = [520, 320]
  const over = ([x, y]: number[], [left, top]: number[], [width, height]: number[]) =>
    x! >= left! && x! <= left! + width! && y! >= top! && y! <= top! + height!

  it.each([[[200, 220]], [[240, 250]], [[480, 90]]] as [[number, number]][])(
    'of %s pixels lie within the chart and beside the point',
    (size) => {
      for (const x of [0, 40, 130, 260, 270, 400, 519]) {
        for (const y of [0, 100, 319]) {
          const at = besidePoint([x, y], size, chart)
          expect(over([x, y], at, size)).toBe(false)
          if (size[0] > 250) continue
          expect(at[0] >= 0 && at[0] + size[0] <= chart[0] && at[1] >= 0 && at[1] + size[1] <= chart[1]).toBe(true)
        }
      }
    },
  )
})

describe('tooltip of the loss curves', () => {
  it('tells both losses of a model in one line, and names as text', () => {
    const text = curveTooltip([
      { seriesId: 'Class <b> valid', seriesName: 'Class <b>', marker: '*', value: [3, 15.25] },
      { seriesId: 'Class <b> train', seriesName: 'Class <b>', marker: '*', value: [3, 12] },
      { seriesId: 'Class <b> train raw', seriesName: 'Class <b>', marker: '*', value: [3, 99] },
    ])
    expect(text).toBe('epoch 3: valid, train<br>*Class &lt;b&gt; 15.250, 12.000')
  })
})

describe('smoothing', () => {
  it('leaves a constant constant from its first value on', () => {
    for (const value of smooth([3, 3, 3, 3], 0.9)) expect(value).toBeCloseTo(3, 12)
  })
  it('at 0 changes nothing, and passes over gaps', () => {
    expect(smooth([1, null, 5], 0)).toEqual([1, null, 5])
    expect(smooth([1, null, 1], 0.5)).toEqual([1, null, 1])
  })
})

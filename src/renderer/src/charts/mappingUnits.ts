import { axisStyle, chartFont, tooltipStyle } from './axes'
import type { ChartOption } from './echarts'
import type { Palette } from '../styles/palette'

/**
 * Activations of the mapping units (or hidden units) of one pair as bars, unit k at place k: the order means nothing, but
 * it is the same for every pair of the model.
 * @param units [K], sigmoid activations in [0, 1]
 */
export function unitBars(units: Float32Array, name: string, colour: string, palette: Palette): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: chartFont, color: palette.text },
    grid: { left: 8, right: 12, top: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? value.toPrecision(6) : '--'),
    },
    xAxis: {
      ...axisStyle(palette),
      type: 'category',
      data: Array.from(units, (_, unit) => String(unit)),
      name,
      splitLine: { show: false },
    },
    yAxis: { ...axisStyle(palette), type: 'value', min: 0, max: 1, interval: 0.5 },
    series: [
      {
        name: 'activation',
        type: 'bar',
        data: Array.from(units),
        color: colour,
        barCategoryGap: units.length > 120 ? '0%' : '15%',
        // Every unit is drawn: ECharts would thin out large bar series otherwise.
        large: false,
      },
    ],
  }
}

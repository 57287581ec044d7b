import { axisStyle, chartFont, tooltipStyle } from './axes'
import type { ChartOption } from './echarts'
import type { Palette } from '../styles/palette'

/**
 * Activations of the mapping units (or hidden units) of one pair as bars, unit k at place k: the order means nothing, but
 * it is the same for every pair of the model.
 * @param units [K], sigmoid activations in [0, 1]
 */
export function unitBars(units: Float32Array, name: string, colour: string, palette: Palette): ChartOption {
  // Activations of tanh and ReLU units lie beyond a sigmoid's.
  const [low, high] = [Math.floor(Math.min(0, ...units)), Math.ceil(Math.max(1, ...units))]
  return {
    animation: false,
    textStyle: { fontFamily: chartFont, color: palette.text },
    grid: { left: 0, right: 0, top: 6, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? value.toPrecision(6) : '--'),
    },
    xAxis: {
      ...axisStyle(palette),
      type: 'category',
      data: Array.from(units, (_, unit) => `${name} ${unit}`),
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: { ...axisStyle(palette), type: 'value', min: low, max: high, interval: high - low },
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

import type { PixelSummary } from '../../../shared/datasets'
import { formatShort } from '../format'
import type { Palette } from '../styles/palette'
import { axisStyle, chartFont, tooltipStyle } from './axes'
import type { ChartOption } from './echarts'
import { formatCount } from '../../../shared/numbers'

type Histogram = PixelSummary['histogram']

/** Lower and upper end of each part. */
export function binEdges({ low, high, counts }: Histogram): [number, number][] {
  const at = (bin: number) => low + ((high - low) * bin) / counts.length
  return Array.from(counts, (_, bin) => [at(bin), at(bin + 1)])
}

/** Below a single pixel, so that one is seen as well. */
const floor = 0.5

/**
 * How many pixels have which value. The counts are logarithmic: an image is mostly background, and the rest would vanish
 * beside it.
 */
export function histogramBars(histogram: Histogram, name: string, palette: Palette): ChartOption {
  const edges = binEdges(histogram)
  return {
    animation: false,
    textStyle: { fontFamily: chartFont, color: palette.text },
    grid: { left: 4, right: 8, top: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (items: unknown) => {
        const [{ dataIndex }] = items as [{ dataIndex: number }]
        const [from, to] = edges[dataIndex]
        return `${formatShort(from)} to ${formatShort(to)}: ${formatCount(histogram.counts[dataIndex])} pixels`
      },
    },
    xAxis: {
      ...axisStyle(palette),
      type: 'category',
      data: edges.map(([from]) => formatShort(from)),
      name,
      axisLabel: {
        color: palette.muted,
        fontSize: 12,
        interval: edges.length / 4 - 1,
      },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      ...axisStyle(palette),
      type: 'log',
      min: floor,
      axisLabel: {
        color: palette.muted,
        fontSize: 12,
        hideOverlap: true,
        formatter: (value: number) => (value < 1 ? '' : value.toExponential(0).replace('+', '')),
      },
    },
    series: [
      {
        name: 'pixels',
        type: 'bar',
        data: Array.from(histogram.counts, (count) => (count === 0 ? null : count)),
        color: palette.accent,
        barCategoryGap: '10%',
      },
    ],
  }
}

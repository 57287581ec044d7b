import type { Palette } from '../styles/palette'

/** The page's own typeface; a canvas does not inherit it. */
export const chartFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif'

/** Common look of value axes: muted words, hairlines, the name along the axis. */
export const axisStyle = (palette: Palette) => ({
  nameLocation: 'middle' as const,
  nameGap: 28,
  nameTextStyle: { color: palette.muted, fontSize: 12 },
  axisLabel: { color: palette.muted, fontSize: 12, hideOverlap: true },
  axisLine: { show: true, lineStyle: { color: palette.edge } },
  axisTick: { lineStyle: { color: palette.edge } },
  splitLine: { lineStyle: { color: palette.edge, opacity: 0.25 } },
})

export const tooltipStyle = (palette: Palette) => ({
  confine: true,
  backgroundColor: palette.surface,
  borderColor: palette.edge,
  borderWidth: 1,
  padding: [8, 12] as [number, number],
  textStyle: { color: palette.text, fontSize: 12, fontFamily: chartFont },
})

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

type Place = [number, number]

/** Between what is pointed at and the words on it. */
const gap = 16

/**
 * Where the words on a point stand: within the drawing, and never over the point. Beside it where they fit, else above or
 * below.
 */
export function besidePoint([x, y]: Place, contentSize: Place, viewSize: Place): Place {
  const [[width, height], [across, down]] = [contentSize, viewSize]
  const within = (value: number, size: number, room: number) => Math.max(0, Math.min(value, room - size))
  const right = x + gap + width <= across
  const left = x - gap - width >= 0
  if (right && (x < across / 2 || !left)) return [x + gap, within(y - height / 2, height, down)]
  if (left) return [x - gap - width, within(y - height / 2, height, down)]
  const above = y - gap - height
  return [within(x - width / 2, width, across), above >= 0 ? above : y + gap]
}

export const tooltipStyle = (palette: Palette) => ({
  position: (
    point: Place,
    _params: unknown,
    _element: unknown,
    _rect: unknown,
    { contentSize, viewSize }: { contentSize: Place; viewSize: Place },
  ) => besidePoint(point, contentSize, viewSize),
  backgroundColor: palette.surface,
  borderColor: palette.edge,
  borderWidth: 1,
  padding: [8, 12] as [number, number],
  textStyle: { color: palette.text, fontSize: 12, fontFamily: chartFont },
})

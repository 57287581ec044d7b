import { format } from 'echarts/core'
import { formatDigits } from '../../../shared/numbers'

/** What ECharts tells of a point under the cursor. */
export interface TooltipPoint {
  seriesId?: string
  seriesName?: string
  marker?: unknown
  value: unknown
}

/** Words of the loss curves' tooltip: the epoch, then a line a model with its validation and training loss; short, as they cover curves. */
export function curveTooltip(points: readonly TooltipPoint[]): string {
  const shown = points.flatMap(({ seriesId = '', seriesName = '', marker, value }) => {
    const [epoch, loss] = value as [number, number | null]
    const what = seriesId.endsWith(' train') ? 'train' : seriesId.endsWith(' valid') ? 'valid' : null
    return what === null || loss === null ? [] : [{ name: seriesName, what, marker: String(marker ?? ''), epoch, loss }]
  })
  const models = new Map<string, typeof shown>()
  for (const point of shown) models.set(point.name, [...(models.get(point.name) ?? []), point])
  const lines = [...models].map(([name, of]) => {
    const losses = of.map(({ loss }) => formatDigits(loss, 5))
    const short = name.length > 24 ? `${name.slice(0, 23)}…` : name
    return `${of[0].marker}${format.encodeHTML(short)} ${losses.join(', ')}`
  })
  const both = [...models.values()].some((of) => of.length > 1)
  return [`epoch ${shown[0]?.epoch ?? ''}${both ? ': valid, train' : ''}`, ...lines].join('<br>')
}

import type { Metric } from '../../../shared/runs'
import { lossName } from '../format'
import { axisStyle, chartFont, tooltipStyle } from './axes'
import { classSymbol } from './classMarks'
import { curveTooltip, type TooltipPoint } from './curveTooltip'
import type { ChartOption } from './echarts'
import { smooth } from './smoothing'
import { classColour, runColour, type Palette } from '../styles/palette'
import type { Visible } from '../../../shared/kinds/keys'

/** What one chart shows: the models of all classes, one class's model, or the fit of a classifier's scores. */
export type CurveGroup = { phase: 'pretrain'; class: number | null | 'all' } | { phase: 'fit' }

export interface LossCurvesInput {
  metrics: readonly Metric[]
  group: CurveGroup
  /** Of the run's model: they decide what the reconstruction loss is. */
  visible: Visible
  /** Class names in label order; null for one model of all data. */
  classes: readonly string[] | null
  logY: boolean
  /** 0: values as they are; towards 1: smoother. */
  smoothing: number
  /** The run's colour, by its place in the palette. */
  colour: number
  palette: Palette
}

interface Curve {
  /** Entry of the legend: with several classes one a class, which shows or hides both its curves. */
  name: string
  what: 'train' | 'valid'
  colour: string
  /** Mark of its class among others; null where a single model is shown. */
  mark: string | null
  dashed: boolean
  points: { epoch: number; value: number | null }[]
}

/** Groups that the metrics can show, in the order of training. */
export function curveGroups(
  metrics: readonly Metric[],
  classes: readonly string[] | null,
): { label: string; group: CurveGroup }[] {
  const trained = [...new Set(metrics.filter(({ phase }) => phase === 'pretrain').map((metric) => metric.class))]
  const groups: { label: string; group: CurveGroup }[] = []
  if (trained.length > 1) groups.push({ label: 'All classes', group: { phase: 'pretrain', class: 'all' } })
  for (const index of trained.sort((a, b) => (a ?? 0) - (b ?? 0))) {
    groups.push({ label: className(classes, index), group: { phase: 'pretrain', class: index } })
  }
  if (metrics.some(({ phase }) => phase === 'fit')) groups.push({ label: 'Classifier fit', group: { phase: 'fit' } })
  return groups
}

export const className = (classes: readonly string[] | null, index: number | null): string =>
  index === null ? 'All data' : `Class ${classes?.[index] ?? index}`

/** Metrics of one group, by class and epoch. */
export function groupMetrics(metrics: readonly Metric[], group: CurveGroup): Metric[] {
  return metrics
    .filter((metric) => metric.phase === group.phase)
    .filter((metric) => group.phase === 'fit' || group.class === 'all' || metric.class === group.class)
    .sort((a, b) => (a.class ?? -1) - (b.class ?? -1) || a.epoch - b.epoch)
}

/** The axis' words: what is measured differs between the phases. */
export const lossUnit = ({ group, visible }: Pick<LossCurvesInput, 'group' | 'visible'>): string =>
  group.phase === 'fit' ? 'cross-entropy, nats an image' : `${lossName(visible)} an image`

function curves({ metrics, group, classes, colour: own, palette }: LossCurvesInput): Curve[] {
  const shown = groupMetrics(metrics, group)
  const byClass = new Map<number | null, Metric[]>()
  for (const metric of shown) {
    const rows = byClass.get(metric.class)
    if (rows === undefined) byClass.set(metric.class, [metric])
    else rows.push(metric)
  }
  const several = byClass.size > 1
  return [...byClass].flatMap(([index, rows]) => {
    const label = index ?? 0
    const colour = several ? classColour(palette, label) : runColour(palette, own)
    const curve = (what: Curve['what'], of: (metric: Metric) => number | null): Curve => ({
      name: several ? className(classes, index) : what,
      what,
      colour,
      mark: several ? classSymbol(label) : null,
      dashed: what === 'train',
      points: rows.map((metric) => ({ epoch: metric.epoch, value: of(metric) })),
    })
    const train = curve('train', (metric) => metric.trainLoss)
    const valid = curve('valid', (metric) => metric.validLoss)
    return valid.points.some(({ value }) => value !== null) ? [valid, train] : [train]
  })
}

/** Values that an axis can hold: a logarithmic one has no place for zero and below. */
const drawable = (value: number | null, logY: boolean) => (value === null || (logY && value <= 0) ? null : value)

/** Pixels beside the curves for the names of several classes. */
const legendWidth = 104

/**
 * Training (dashed) and validation (full) loss by epoch. With smoothing the raw values stay faint below the smooth ones:
 * no value is dropped.
 */
export function lossCurves(input: LossCurvesInput): ChartOption {
  const { palette, logY, smoothing } = input
  const drawn = curves(input)
  const names = [...new Set(drawn.map(({ name }) => name))]
  const marks = new Map(drawn.map(({ name, mark }) => [name, mark]))
  const several = names.length < drawn.length
  const series = drawn.flatMap(({ name, what, colour, mark, dashed, points }, place) => {
    const single = points.length < 2
    // Some eight marks a line, at other epochs on each, so that crossing lines can be told apart.
    const every = Math.max(1, Math.ceil(points.length / 8))
    const marked = (index: number) => single || (!dashed && (index + place) % every === 0)
    const line = (values: (number | null)[], faint: boolean) => ({
      id: `${name} ${what}${faint ? ' raw' : ''}`,
      name,
      type: 'line',
      data: points.map(({ epoch }, index) => [epoch, drawable(values[index], logY)]),
      color: colour,
      lineStyle: { color: colour, width: faint ? 1 : 2, opacity: faint ? 0.3 : 1, type: dashed ? [5, 4] : 'solid' },
      // Of more epochs than there are pixels, the lowest and highest of each pixel.
      sampling: 'minmax',
      // A line needs two points: a single one is drawn as a dot.
      symbol: mark ?? (single ? 'circle' : 'none'),
      symbolSize: (_value: unknown, { dataIndex }: { dataIndex: number }) => (!faint && marked(dataIndex) ? 8 : 0),
      silent: faint,
      tooltip: { show: !faint },
      emphasis: { disabled: faint, focus: 'series' },
    })
    const raw = points.map(({ value }) => value)
    return smoothing > 0 ? [line(raw, true), line(smooth(raw, smoothing), false)] : [line(raw, false)]
  })
  return {
    animation: false,
    textStyle: { fontFamily: chartFont, color: palette.text },
    grid: {
      ...{ left: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      ...(several ? { top: 12, right: 12 + legendWidth } : { top: 36, right: 20 }),
    },
    // Beside the curves, never over them.
    legend: {
      type: 'scroll',
      ...(several ? { orient: 'vertical', top: 8, bottom: 8, right: 0 } : { top: 0, left: 8, right: 8 }),
      itemWidth: several ? 10 : 24,
      itemHeight: several ? 10 : 14,
      ...(several ? {} : { itemStyle: { opacity: 0 } }),
      textStyle: {
        ...{ color: palette.muted, fontSize: 12 },
        ...(several ? { width: legendWidth - 24, overflow: 'truncate' } : {}),
      },
      pageIconColor: palette.muted,
      pageTextStyle: { color: palette.muted },
      data: names.map((name) => ({ name, ...(several ? { icon: marks.get(name) } : {}) })),
    },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (points: TooltipPoint[]) => curveTooltip(points),
    },
    xAxis: {
      ...axisStyle(palette),
      type: 'value',
      // The legend has one entry a class then, so the dashes are told here.
      name: several ? 'epoch (dashed: training, full: validation)' : 'epoch',
      minInterval: 1,
      min: 'dataMin',
      max: 'dataMax',
    },
    yAxis: {
      ...axisStyle(palette),
      type: logY ? 'log' : 'value',
      name: lossUnit(input),
      scale: true,
    },
    series,
  }
}

import type { Compared, ComparedFigure } from '../../../../shared/comparing'
import { intervalWords } from '../../../../shared/intervalWords'
import type { RunMeasure } from '../../../../shared/measures'
import { absent, formatDigits } from '../../../../shared/numbers'
import { formatPlural } from '../../format'

/** "rect-2"; of a group "rect, 5 runs". */
export const itemWords = ({ isGroup, name, runs }: Compared): string =>
  isGroup ? `${name}, ${formatPlural(runs.length, 'run')}` : name

/** A part of a spec that can be left out is told by being there. */
const valueText = (value: unknown): string =>
  value === null || value === '' ? absent : typeof value === 'object' ? 'set' : String(value)

const mostValues = 8

/** What an item's runs say of a setting: "0.01", of several "1, 2, 3". */
export function cellText(values: readonly unknown[]): string {
  const words = [...new Set(values.map(valueText))]
  const more = words.length - mostValues
  return more > 0 ? `${words.slice(0, mostValues).join(', ')} and ${more} more` : words.join(', ')
}

/** A hash is told apart by its beginning. */
export const settingText = (key: string, values: readonly unknown[]): string =>
  cellText(key === 'datasetHash' ? values.map((value) => String(value).slice(0, 12)) : values)

export interface FigureText {
  /** "0.62 %", of a group "0.62 ± 0.05 %" */
  text: string
  /** "[0.48, 0.79]" */
  interval: string | null
}

const unit = /\s*%$/

/** A figure in words; null figures are "--". */
export function figureText(measure: RunMeasure, figure: ComparedFigure | null): FigureText {
  if (figure === null) return { text: absent, interval: null }
  const { value, std, interval, runs } = figure
  // A mean is told more exactly than one image.
  const images = figure.images === null || runs === 1 ? figure.images : 10 * figure.images
  const said = (of: number) => measure.format({ value: of, interval: null, n: images })
  const text = std === null ? said(value) : `${said(value).replace(unit, '')} ± ${said(std)}`
  if (interval === null) return { text, interval: null }
  const ends =
    measure.formatInterval?.(interval, images) ?? `[${interval.map((end) => formatDigits(end, 4)).join(', ')}]`
  return { text, interval: ends }
}

/** The number in full, what it is of, and what its interval is. */
export function figureOrigin(measure: RunMeasure, figure: ComparedFigure | null, { isGroup, runs }: Compared): string {
  if (figure === null) return ''
  const { value, std, images, interval } = figure
  const of = images === null ? '' : `, ${formatPlural(images, 'image')}`
  if (isGroup) {
    const spread =
      std === null ? '' : `\nmean of ${formatPlural(figure.runs, 'run')} ± ${std}\n95 % t-interval of the mean`
    return `${value}${of}${spread}`
  }
  const [run] = runs
  const evaluation = measure.split === null ? null : (run?.[measure.split] ?? null)
  const words = interval === null || evaluation === null ? '' : `\n${intervalWords(evaluation)}`
  return `${value}${of}${words}\nrun ${run?.id ?? ''}`
}

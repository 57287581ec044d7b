import type {
  Compared,
  ComparedFigure,
  ComparedMeasure,
  ComparedOverview,
  ComparedSetting,
} from '../../../shared/comparing'
import { measures, type RunMeasure } from '../../../shared/measures'
import type { RunDetail } from '../../../shared/runs'
import { getAt, same } from '../../../shared/spec/paths'
import { differentSettings, settingPaths } from '../../../shared/spec/settings'
import { meanInterval, moments } from '../../statistics/student'
import { lossOf } from './seedTests'

/** What is set and what was reached, of each item. */
export async function overviewOf(items: readonly Compared[]): Promise<ComparedOverview> {
  const rows: ComparedMeasure[] = []
  for (const measure of measures) {
    const cells: (ComparedFigure | null)[] = []
    for (const item of items) cells.push(await figureOf(item, measure))
    if (cells.some((cell) => cell !== null)) rows.push({ key: measure.key, cells, best: bestOf(items, cells, measure) })
  }
  return { items: items.map(({ id }) => id), settings: settingsOf(items), measures: rows, notices: noticesOf(items) }
}

/** Of a run's record beside its spec. */
const recorded = ['dataSeed', 'datasetHash', 'engine', 'device', 'dtype'] as const

/** What tells the runs of a group of one spec apart. */
const ofChance: readonly string[] = ['seed', 'dataset', 'dataSeed', 'datasetHash']

function settingsOf(items: readonly Compared[]): ComparedSetting[] {
  const different = new Set(
    differentSettings(items.flatMap(({ runs }) => runs.map(({ spec }) => spec))).map(({ path }) => path),
  )
  const settings = settingPaths.map((path): ComparedSetting => {
    const cells = cellsOf(items, ({ spec }) => getAt(spec, path) ?? null)
    return { key: path, cells, differs: different.has(path) && differ(path, cells) }
  })
  const others = recorded.map((key): ComparedSetting => {
    const cells = cellsOf(items, (run) => run[key])
    return { key, cells, differs: differ(key, cells) }
  })
  return [...settings, ...others].filter(({ cells }) => cells.some((cell) => cell.some((value) => value !== null)))
}

const cellsOf = (items: readonly Compared[], read: (run: RunDetail) => unknown): unknown[][] =>
  items.map(({ runs }) => distinct(runs.map(read)))

/** In their order, numbers by their size. */
function distinct(values: readonly unknown[]): unknown[] {
  const found = values.filter((value, place) => values.findIndex((other) => same(other, value)) === place)
  return found.every((value) => typeof value === 'number') ? found.sort((a, b) => a - b) : found
}

/** Whether items say something else, or the runs of one do where chance alone should tell them apart. */
function differ(key: string, cells: readonly unknown[][]): boolean {
  if (!ofChance.includes(key) && cells.some((cell) => cell.length > 1)) return true
  const [first, ...others] = cells.map((cell) => [...cell].map((value) => JSON.stringify(value)).sort())
  return others.some((cell) => !same(cell, first))
}

async function figureOf({ isGroup, runs }: Compared, measure: RunMeasure): Promise<ComparedFigure | null> {
  const readings = runs.map((run) => measure.read(run)).filter((reading) => reading !== null)
  if (readings.length === 0) return null
  if (!isGroup) {
    const [{ value, interval, n }] = readings
    return { value, interval, std: null, runs: 1, images: n }
  }
  const values = readings.map(({ value }) => value)
  const { mean, std, n } = moments(values)
  const [{ n: images }] = readings
  return { value: mean, interval: await meanInterval(values), std, runs: n, images }
}

/** The data of an item: one of a run; of a group each that its runs have. */
const dataOf = ({ runs }: Compared) =>
  distinct(runs.map(({ datasetHash }) => datasetHash))
    .map(String)
    .sort()
    .join()

function bestOf(items: readonly Compared[], cells: ComparedMeasure['cells'], measure: RunMeasure): string[] {
  if (measure.split !== 'valid' || measure.better === 'neither') return []
  const told = items.filter((_, place) => cells[place] !== null)
  if (told.length < 2 || new Set(told.map(dataOf)).size > 1) return []
  // Losses of another kind, or of images seen otherwise, are other figures.
  if (measure.of === 'model' && new Set(told.flatMap(({ runs }) => runs.map(lossOf))).size > 1) return []
  const values = cells.map((cell) => cell?.value ?? NaN)
  const known = values.filter((value) => !Number.isNaN(value))
  const best = measure.better === 'lower' ? Math.min(...known) : Math.max(...known)
  return items.filter((_, place) => values[place] === best).map(({ id }) => id)
}

function noticesOf(items: readonly Compared[]): string[] {
  const notices: string[] = []
  if (new Set(items.map(dataOf)).size > 1) {
    notices.push(
      'They were trained and judged on unlike data: their figures are of other images, so none is marked best.',
    )
  }
  const unlike = new Set(items.flatMap(({ runs }) => runs.map(lossOf))).size > 1
  if (unlike) notices.push('Their losses are of unlike kinds or preprocessing: they are not to be compared by size.')
  return notices
}

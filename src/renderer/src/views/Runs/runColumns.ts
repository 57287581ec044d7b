import { headOf, measureOf, measures, resultOf, told, type RunMeasure } from '../../../../shared/measures'
import { absent } from '../../../../shared/numbers'
import { noteLine } from '../../../../shared/remarks'
import type { RunSummary } from '../../../../shared/runs'
import type { Column } from '../../components/grid/column'
import { formatTime } from '../../format'

/** Where a status stands when the table is sorted by it: what needs a look first. */
const statuses: RunSummary['status'][] = ['running', 'queued', 'failed', 'interrupted', 'cancelled', 'done']

/** When a run last did something. */
export const whenOf = (run: RunSummary): string => run.finished ?? run.started ?? run.created

const words = (key: string, title: string, text: (run: RunSummary) => string | null) => ({
  key,
  title,
  text: (run: RunSummary) => text(run) ?? absent,
  value: text,
})

/** What a run is judged by, in a cell that also tells how far it is, or why it ended. */
const judge = measureOf('test.error')

const measureColumn = (measure: RunMeasure): Column<RunSummary> => ({
  key: measure.key,
  title: headOf(measure),
  meaning: measure.unit === '%' ? measure.title : `${measure.title}, ${measure.unit}`,
  text: (run) => told(measure, run),
  value: (run) => measure.read(run)?.value ?? null,
  align: 'right',
  width: measure.formatInterval === null ? 128 : 176,
  optional: true,
})

/** Columns of the runs table; the first that are shown, in their order. */
export const runColumns: readonly Column<RunSummary>[] = [
  { ...words('name', 'Name', ({ name }) => name), cell: 'name', width: 220, grow: '2.2fr' },
  {
    ...words('status', 'Status', ({ status }) => status),
    compare: (a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status),
    cell: 'status',
    width: 116,
  },
  { ...words('dataset', 'Data', ({ dataset }) => dataset), width: 120, grow: '1.2fr' },
  { ...words('kind', 'Model', ({ kind }) => kind), cell: 'model', width: 88 },
  {
    key: 'error',
    title: headOf(judge),
    text: resultOf,
    value: (run) => judge.read(run)?.value ?? null,
    cell: 'result',
    width: 230,
    grow: '1.3fr',
  },
  { ...words('seed', 'Seed', ({ seed }) => String(seed)), align: 'right', width: 72, optional: true },
  {
    ...words('dataSeed', 'Data seed', ({ dataSeed }) => (dataSeed === null ? null : String(dataSeed))),
    ...{ meaning: 'Seed that the dataset was made or split by', align: 'right', width: 88, optional: true },
  },
  { ...words('engine', 'Engine', ({ engine }) => engine), width: 88, optional: true },
  { ...words('device', 'Device', ({ device }) => device), width: 88, optional: true },
  ...measures.filter((measure) => measure !== judge).map(measureColumn),
  {
    key: 'when',
    title: 'When',
    text: (run) => formatTime(whenOf(run)),
    value: whenOf,
    largestFirst: true,
    cell: 'when',
    align: 'right',
    muted: true,
    width: 104,
  },
  {
    ...words('tags', 'Tags', ({ tags }) => tags.join(', ') || null),
    ...{ cell: 'tags', width: 120, grow: '1fr', optional: true },
  },
  {
    ...words('note', 'Note', ({ note }) => (note === null ? null : noteLine(note, 500))),
    ...{ width: 120, grow: '1.2fr', optional: true },
  },
]

/** The columns, where those of `shown` that are optional are shown at first. */
export const columnsShowing = (shown: readonly string[]): readonly Column<RunSummary>[] =>
  runColumns.map((column) => (shown.includes(column.key) ? { ...column, optional: false } : column))

/** Every word must occur in the name, status, data, model, engine, id, tags or note, whatever the case. */
export function matchesRun(run: RunSummary, filter: string): boolean {
  const { name, status, dataset, kind, engine, device, id, tags, note } = run
  const text = [name, status, dataset, kind, engine ?? '', device ?? '', id, ...tags, note ?? '']
    .join('\n')
    .toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

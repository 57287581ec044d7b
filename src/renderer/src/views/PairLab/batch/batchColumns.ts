import { takesPairs } from '../../../../../shared/kinds'
import { formatDigits, formatEnergy } from '../../../format'
import type { BatchInfo, BatchRow } from './useBatchScores'

export type BatchColumnId =
  | 'row'
  | 'name'
  | 'yGivenX'
  | 'xGivenY'
  | 'conditional'
  | 'diagonal'
  | 'errorY'
  | 'errorX'
  | 'gain'
  | 'predicted'
  | 'posterior'

export interface BatchColumn {
  id: BatchColumnId
  header: string
  /** What the number is, for a tooltip. */
  meaning: string
  /** Key in the command line's JSON, after "pairs.ROW."; null for words. */
  dataKey: string | null
  /** What rows are sorted by; null comes last. */
  value: (row: BatchRow) => number | string | null
  text: (row: BatchRow) => string
}

export interface BatchSort {
  by: BatchColumnId
  descending: boolean
}

/** A row's name: of both images where there are two. */
export const rowName = ({ pair: { x, y } }: BatchRow): string => (y === null ? x.name : `${x.name}, ${y.name}`)

const number = (
  id: BatchColumnId,
  header: string,
  dataKey: string,
  meaning: string,
  value: (row: BatchRow) => number | null,
  format: (value: number | null) => string,
): BatchColumn => ({ id, header, dataKey, meaning, value, text: (row) => format(value(row)) })

const energy = (key: 'yGivenX' | 'xGivenY' | 'conditional' | 'diagonal', header: string, meaning: string) =>
  number(key, header, `energy.${key}`, meaning, ({ score }) => score?.energy[key] ?? null, formatEnergy)

const error = (of: 'x' | 'y') =>
  number(
    of === 'x' ? 'errorX' : 'errorY',
    `error of ${of}`,
    `reconstructionError.${of}`,
    "Mean squared error a pixel, in the model's own scale.",
    ({ score }) => score?.reconstructionError[of] ?? null,
    (value) => formatDigits(value, 4),
  )

const atOneX = 'Known up to a constant at each x: rank by gain.'

/** Columns that say something of a list under a kind of model. */
export function batchColumns(
  { kind, classes }: Pick<BatchInfo, 'kind' | 'classes'>,
  withClass: boolean,
): BatchColumn[] {
  const words: BatchColumn[] = [
    {
      id: 'row',
      header: 'no.',
      meaning: 'Place in the list.',
      dataKey: null,
      value: ({ row }) => row,
      text: ({ row }) => String(row + 1),
    },
    { id: 'name', header: 'files', meaning: 'Files of the row.', dataKey: null, value: rowName, text: rowName },
  ]
  const gain = number(
    'gain',
    'gain (nats)',
    'gain',
    takesPairs(kind)
      ? 'E(y|x) minus its mean over up to 100 other y of the list, x held.'
      : 'E(x) minus its mean over the others of the list.',
    ({ score }) => score?.gain ?? null,
    formatEnergy,
  )
  if (takesPairs(kind)) {
    const energies = [energy('yGivenX', 'E(y|x)', atOneX), energy('xGivenY', 'E(x|y)', atOneX)]
    return [...words, gain, ...energies, error('y'), error('x')]
  }
  const decisions =
    classes === null
      ? []
      : [
          {
            ...number(
              'predicted',
              'predicted',
              'predicted',
              'The class of the largest score.',
              ({ score }) => score?.predicted ?? null,
              String,
            ),
            text: ({ score }: BatchRow) =>
              score?.predicted == null ? '--' : (classes[score.predicted] ?? String(score.predicted)),
          },
          number(
            'posterior',
            'posterior',
            'posterior',
            'Of the predicted class.',
            ({ score }) => score?.posterior ?? null,
            (value) => formatDigits(value, 4),
          ),
        ]
  if (classes !== null && !withClass) return [...words, ...decisions]
  const within = 'Comparable over images within one model.'
  const energies = [energy('conditional', 'conditional', within), energy('diagonal', 'diagonal', within)]
  return [...words, ...decisions, gain, ...energies, error('x')]
}

/** Rows in the order of a column: rows without a value come last, equal ones in the list's order. */
export function sortRows(rows: readonly BatchRow[], column: BatchColumn, descending: boolean): BatchRow[] {
  const sign = descending ? -1 : 1
  const compare = (a: number | string | null, b: number | string | null): number => {
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * natural.compare(String(a), String(b))
  }
  return rows
    .map((row) => ({ row, value: column.value(row) }))
    .sort((a, b) => compare(a.value, b.value) || a.row.row - b.row.row)
    .map(({ row }) => row)
}

const natural = new Intl.Collator('en', { numeric: true })

const pattern = /^(-?)([a-zA-Z]+)$/

/** "-gain" is gain, descending; what is unknown is the rank. */
export function parseSort(text: string | null): BatchSort | null {
  const [, minus, by] = pattern.exec(text ?? '') ?? []
  return by === undefined ? null : { by: by as BatchColumnId, descending: minus === '-' }
}

export const formatSort = (sort: BatchSort | null): string | null =>
  sort === null ? null : `${sort.descending ? '-' : ''}${sort.by}`

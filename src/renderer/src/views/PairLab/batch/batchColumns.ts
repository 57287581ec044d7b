import { takesPairs } from '../../../../../shared/kinds'
import { absent, formatDigits } from '../../../../../shared/numbers'
import type { Column } from '../../../components/grid/column'
import { formatEnergy } from '../../../format'
import type { BatchInfo, BatchRow } from './useBatchScores'

export interface BatchColumn extends Column<BatchRow> {
  /** Key of its number in the command line's JSON, after "pairs.ROW.". */
  dataKey?: string
}

/** A row's name: of both images where there are two. */
export const rowName = ({ pair: { x, y } }: BatchRow): string => (y === null ? x.name : `${x.name}, ${y.name}`)

const numeric = { cell: 'number', align: 'right', width: 96, grow: '136px', largestFirst: true } as const
/** A row without numbers has its reason in their place. */
const whole = ({ error }: BatchRow) => error !== null

const number = (
  key: string,
  title: string,
  dataKey: string,
  meaning: string,
  value: (row: BatchRow) => number | null,
  format: (value: number | null) => string,
): BatchColumn => ({ key, title, meaning, dataKey, value, text: (row) => format(value(row)), whole, ...numeric })

const energy = (key: 'yGivenX' | 'xGivenY' | 'conditional' | 'diagonal', title: string, meaning: string) =>
  number(key, title, `energy.${key}`, meaning, ({ score }) => score?.energy[key] ?? null, formatEnergy)

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
      key: 'row',
      title: 'no.',
      meaning: 'Place in the list.',
      text: ({ row }) => String(row + 1),
      value: ({ row }) => row,
      align: 'right',
      muted: true,
      width: 56,
    },
    {
      key: 'seen',
      title: 'seen',
      text: ({ score }) => (score ? 'Pictures of what the model sees' : 'No pictures yet'),
      cell: 'seen',
      width: 88,
    },
    {
      key: 'name',
      title: 'files',
      meaning: 'Files of the row.',
      text: rowName,
      value: rowName,
      width: 160,
      grow: '1fr',
    },
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
              score?.predicted == null ? absent : (classes[score.predicted] ?? String(score.predicted)),
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

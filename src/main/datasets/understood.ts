import type { ImportRequest, SplitName } from '../../shared/datasets'
import { splitWords, type Understood } from '../../shared/importing'
import type { ReadExamples } from './examples'
import { missingClasses, type Reading } from './reading'
import type { SplitRowsOf } from './splits'

/** How the rows of the main file were divided. */
export interface Division {
  rows: SplitRowsOf
  /** Of the draw; null where nothing was drawn. */
  seed: number | null
}

/** What the files of an import were taken to mean. */
export function understoodOf(
  reading: Reading,
  request: ImportRequest,
  division: Division,
  labels: Record<SplitName, Int32Array | null>,
): Understood {
  const { main, classes } = reading
  const sets = setsOf(reading)
  return {
    kind: main.y === null ? 'images' : 'pairs',
    labels:
      main.labels === null || classes === null ? null : { from: main.labels.from, classes: classesOf(classes, labels) },
    scale: sets.flatMap((examples) => scalesOf(examples, reading)),
    orientation: orientationOf(main),
    order: orderOf(main, request),
    splits: splitsOf(reading, division),
    skipped: sets.flatMap(({ sources }) =>
      [...new Set(sources.map(({ facts }) => facts))].flatMap(({ skipped }) => skipped),
    ),
    notices: [
      ...new Set(sets.flatMap(({ sources }) => sources.flatMap(({ facts }) => facts.notices))),
      ...sets.flatMap(extremeNotices),
      ...(classes === null ? [] : missingNotices(labels, classes)),
    ],
  }
}

/** With the number of their examples, over all splits. */
function classesOf(
  names: readonly string[],
  labels: Record<SplitName, Int32Array | null>,
): { name: string; n: number }[] {
  const counts = names.map(() => 0)
  for (const split of Object.values(labels)) for (const index of split ?? []) counts[index]++
  return names.map((name, index) => ({ name, n: counts[index] }))
}

const setsOf = ({ main, own }: Reading): ReadExamples[] => [main, ...Object.values(own).filter((set) => set !== null)]

function scalesOf({ x, y }: ReadExamples, { scales }: Reading): Understood['scale'] {
  const arrays =
    y === null
      ? [{ ...x, name: '' }]
      : [
          { ...x, name: ' (x)' },
          { ...y, name: ' (y)' },
        ]
  return arrays.flatMap(({ column, name }) => {
    const scale = scales.get(column)
    return scale === undefined ? [] : [{ file: `${column.where}${name}`, ...scale }]
  })
}

function orientationOf({ x, facts }: ReadExamples): string {
  const size = `${x.shape[0]} rows of ${x.shape[1]}`
  if (x.transposed) return `${size}: rows and columns of the file changed places`
  return facts.recipe.images === undefined ? `${size}, row by row as stored` : `${size}, upright as the image files say`
}

function orderOf({ facts }: ReadExamples, { meaning, frames }: ImportRequest): string | null {
  if (facts.names === null && frames !== true) return null
  return meaning.order === 'plain'
    ? 'names by characters: img10 before img2'
    : 'names by the numbers in them: img2 before img10, rot_-10 before rot_0.5'
}

function splitsOf({ own, classes }: Reading, { rows, seed }: Division): string {
  const given = heldOut.filter((name) => own[name] !== undefined)
  const drawn = heldOut.filter((name) => !given.includes(name) && rows[name].length > 0)
  return splitWords(given, drawn, seed, classes !== null)
}

const heldOut = ['valid', 'test'] as const

const splitTitle: Record<SplitName, string> = { train: 'training', valid: 'validation', test: 'test' }

function extremeNotices({ x, y }: ReadExamples): string[] {
  return [x, ...(y === null ? [] : [y])].flatMap(({ column: { facts, where } }) => {
    if (facts.extremes === null) return []
    const { n, value, row, column } = facts.extremes
    const others = n === 1 ? '' : ` and ${(n - 1).toLocaleString('en-US')} more`
    return [
      `${where}: ${value} in row ${row}, column ${column}${others}: its square is beyond float32, losses become infinite. ` +
        'A fill value? Replace it before training.',
    ]
  })
}

/** That a class is in no training image is an error; elsewhere it is said. */
function missingNotices(labels: Record<SplitName, Int32Array | null>, classes: readonly string[]): string[] {
  return missingClasses(labels, classes).map(({ split, names }) => {
    const shown = names.slice(0, 5).join(', ')
    return `No ${splitTitle[split]} image of ${names.length === 1 ? 'class' : 'classes'} ${shown}${names.length > 5 ? ', ...' : ''}.`
  })
}

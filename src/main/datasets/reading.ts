import {
  splitNames,
  type ImportRequest,
  type SourceFile,
  type SplitCounts,
  type SplitName,
} from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { splitInName } from '../../shared/splitOfName'
import { classesOf, labelIndices } from './classes'
import { examplesOf, type ReadExamples } from './examples'
import type { MakeSpool } from './fileRows'
import type { PixelColumn } from './pixelColumn'
import { readSources, type ReadSource, type SourceOptions } from './readSources'
import type { Scale } from './pixels'
import { plainScale, scaleOf } from './scale'
import { splitCounts } from './splits'
import { partOf, type Work } from './work'

/** What the files of a request hold, checked to agree; nothing is stored yet. */
export interface Reading {
  main: ReadExamples
  /** Splits that the files have themselves; those stay whole. Null: one without examples. */
  own: Partial<Record<'valid' | 'test', ReadExamples | null>>
  /** Distinct labels, ascending; null without labels. */
  classes: string[] | null
  counts: SplitCounts
  scales: Map<PixelColumn, Scale>
}

/** Reads and checks all files of a request. */
export async function readRequest(request: ImportRequest, makeSpool: MakeSpool, work: Work): Promise<Reading> {
  const { files, labels, testFiles, testLabels, split } = request
  const share = testFiles === undefined ? 1 : 0.5
  const read = (given: readonly SourceFile[], apart: SourceFile | undefined, part: readonly [number, number]) =>
    readSet(given, apart, request, makeSpool, partOf(work, part))
  const set = await read(files, labels, [0, share])
  const testSet = testFiles === undefined ? null : await read(testFiles, testLabels, [share, 1])
  if (testSet === null && testLabels !== undefined) {
    throw new WorkbenchError('IMPORT_FILES', 'There are test labels and no test images', {
      where: testLabels.name,
      remedy: 'Give the test images too.',
    })
  }
  const bySplit = grouped(set.sources)
  if (testSet !== null && bySplit.test !== undefined) {
    throw new WorkbenchError('IMPORT_FILES', 'It has a test split of its own, and a test file is given', {
      where: set.sources[0].rows.where,
      remedy: 'Leave the test file out.',
    })
  }
  const { shape, meaning } = request
  const main = examplesOf(bySplit.main, { shape, meaning, labels: set.labels })
  const own: Reading['own'] = {}
  for (const name of ['valid', 'test'] as const) {
    const sources = bySplit[name]
    if (sources === undefined) continue
    own[name] = sources.every(({ rows }) => (rows.x?.rows ?? 0) === 0)
      ? null
      : examplesOf(sources, { shape, meaning, labels: null })
  }
  if (testSet !== null) {
    const groups = grouped(testSet.sources)
    own.test = examplesOf(groups.test ?? groups.main, { shape, meaning, labels: testSet.labels })
  }
  const given = Object.values(own).filter((examples) => examples !== null)
  for (const examples of given) checkAgreement(main, examples)
  const sets = [main, ...given]
  const labelled = sets.flatMap((examples) => examples.labels ?? [])
  const counts = splitCounts(main.n, split, { valid: own.valid !== undefined, test: own.test !== undefined })
  return {
    main,
    own,
    classes: labelled.length === 0 ? null : (ownClasses(main) ?? classesOf(labelled)),
    counts: {
      train: counts.train,
      valid: own.valid === undefined ? counts.valid : (own.valid?.n ?? 0),
      test: own.test === undefined ? counts.test : (own.test?.n ?? 0),
    },
    scales: new Map([
      ...scalesOf(
        sets.map((examples) => examples.x.column),
        sets,
        request,
      ),
      ...scalesOf(
        sets.flatMap((examples) => examples.y?.column ?? []),
        sets,
        request,
      ),
    ]),
  }
}

/** Our own export says its classes in label order, also those without an example. */
const ownClasses = ({ facts }: ReadExamples): string[] | null => (facts.shapes === null ? null : facts.classNames)

async function readSet(
  files: readonly SourceFile[],
  apart: SourceFile | undefined,
  { shape, frames = false, meaning }: ImportRequest,
  makeSpool: MakeSpool,
  work: Work,
): Promise<{ sources: ReadSource[]; labels: ReadSource | null }> {
  const options: SourceOptions = { role: apart === undefined ? 'all' : 'images', shape, meaning, frames }
  const sources = await readSources(files, options, makeSpool, work)
  if (apart === undefined) return { sources, labels: null }
  const [labels] = await readSources([apart], { ...options, role: 'labels', frames: false }, makeSpool, {})
  return { sources, labels }
}

interface Groups {
  main: ReadSource[]
  valid?: ReadSource[]
  test?: ReadSource[]
}

/** By the splits that files name; several files of images are told apart by their own names. */
function grouped(sources: readonly ReadSource[]): Groups {
  const many = sources.filter(({ rows, split }) => split === null && rows.x !== null).length > 1
  const splitOf = ({ split, file }: ReadSource): SplitName | null => split ?? (many ? splitInName(file.name) : null)
  const of = (...names: (SplitName | null)[]) => sources.filter((source) => names.includes(splitOf(source)))
  const main = of(null, 'train')
  const others = (['valid', 'test'] as const).flatMap((name) =>
    of(name).length === 0 ? [] : [[name, of(name)] as const],
  )
  // A file with one split alone is what is to be divided.
  if (main.length === 0 && others.length === 1) return { main: [...others[0][1]] }
  if (main.length === 0) {
    throw new WorkbenchError('IMPORT_FILES', 'There is a validation and a test split, and nothing to train on', {
      where: sources[0].rows.where,
      remedy: 'Give the training images too.',
    })
  }
  return { main, ...Object.fromEntries(others) }
}

function checkAgreement(main: ReadExamples, other: ReadExamples): void {
  const describe = ({ x, y, labels }: ReadExamples) => {
    const pairs = y === null ? 'images' : `pairs with ${y.shape.join('x')}`
    return `${pairs} of ${x.shape.join('x')} pixels ${labels === null ? 'without' : 'with'} labels`
  }
  if (describe(main) === describe(other)) return
  throw new WorkbenchError('TEST_MISMATCH', `It holds ${describe(other)}; ${main.where} holds ${describe(main)}`, {
    where: other.where,
    remedy: 'Give files of one kind; nothing was imported.',
  })
}

/** Each array by its own numbers; one that leaves two readings open goes by those beside it. */
function scalesOf(
  columns: readonly PixelColumn[],
  sets: readonly ReadExamples[],
  { meaning }: ImportRequest,
): [PixelColumn, Scale][] {
  const siblings = columns.flatMap(({ facts }) => {
    const scale = plainScale(facts)
    return scale === null ? [] : [{ facts, scale }]
  })
  const fixed = new Map(
    sets.flatMap(({ x, y, sources }) =>
      sources.flatMap(({ rows, facts }) => {
        const own = [rows.x, rows.y].filter((column) => column === x.column || column === y?.column)
        return own.map((column) => [column, facts.scale] as const)
      }),
    ),
  )
  return columns.map((column) => [
    column,
    scaleOf(column.facts, meaning.scale, fixed.get(column) ?? null, column.where, siblings),
  ])
}

/** Class of every example as its index; null without labels. */
export const classIndices = ({ labels }: ReadExamples, classes: readonly string[] | null): Int32Array | null =>
  labels === null || classes === null ? null : labelIndices(labels, classes)

/** Splits in which a class has no image, although the split has some. */
export function missingClasses(
  labels: Record<SplitName, Int32Array | null>,
  classes: readonly string[],
): { split: SplitName; names: string[] }[] {
  return splitNames.flatMap((split) => {
    const seen = new Set(labels[split])
    const names = seen.size === 0 ? [] : classes.filter((_, index) => !seen.has(index))
    return names.length === 0 ? [] : [{ split, names }]
  })
}

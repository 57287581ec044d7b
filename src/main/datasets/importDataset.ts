import { splitNames, type ImportPreview, type ImportRequest, type SplitName } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { NewDataset } from '../store/datasets'
import { classesOf, labelIndices } from './classes'
import { writeDatasetFile, type SplitContent } from './datasetFile'
import { readExamples, type Examples } from './examples'
import type { NumericArray } from './npy'
import { pixelMeaning, pixelRows, type PixelMeaning } from './pixels'
import { splitCounts, splitRows, type SplitCounts } from './splits'
import type { Work } from './work'

interface Reading {
  main: Examples
  /** The published test file, which stays whole. */
  test: Examples | null
  /** Distinct labels, ascending; null without labels. */
  classes: number[] | null
  counts: SplitCounts
}

/** Reads and checks all files of a request. */
async function readRequest(request: ImportRequest, work: Work): Promise<Reading> {
  const { files, labels, testFiles, testLabels, shape, split } = request
  const main = await readExamples(files, labels, shape, work)
  const test = testFiles === undefined ? null : await readExamples(testFiles, testLabels, shape, work)
  if (test !== null) checkAgreement(main, test)
  else if (testLabels !== undefined) {
    throw new WorkbenchError('IMPORT_FILES', 'There are test labels and no test images', {
      where: testLabels.name,
      remedy: 'Give the test images too.',
    })
  }
  const labelled = [main, ...(test === null ? [] : [test])].flatMap(({ where, labels: values }) =>
    values === null ? [] : [[where, values] as const],
  )
  const counts = splitCounts(main.n, split, test !== null)
  return {
    main,
    test,
    classes: labelled.length === 0 ? null : classesOf(labelled),
    counts: test === null ? counts : { ...counts, test: test.n },
  }
}

function checkAgreement(main: Examples, test: Examples): void {
  const describe = ({ shape, targetShape, labels }: Examples) =>
    `${targetShape === null ? 'images' : `pairs with ${targetShape.join('x')}`} of ${shape.join('x')} pixels ${labels === null ? 'without' : 'with'} labels`
  if (describe(main) === describe(test)) return
  throw new WorkbenchError('TEST_MISMATCH', `It holds ${describe(test)}; ${main.where} holds ${describe(main)}`, {
    where: test.where,
    remedy: 'Give files of one kind; nothing was imported.',
  })
}

/** What would be imported; reads and checks the files, stores nothing. */
export async function previewImport(request: ImportRequest, work: Work = {}): Promise<ImportPreview> {
  const { main, test, classes, counts } = await readRequest(request, work)
  await meaningOf(main, test, work)
  return {
    format: main.format,
    kind: main.y === null ? 'images' : 'pairs',
    n: main.n + (test?.n ?? 0),
    shape: main.shape,
    classes: classes?.map(String) ?? null,
    splits: counts,
  }
}

/** x and y are told apart: a pair's partner may be of another kind. */
interface Meaning {
  x: PixelMeaning
  y: PixelMeaning | null
}

async function meaningOf(main: Examples, test: Examples | null, work: Work): Promise<Meaning> {
  const sets = test === null ? [main] : [main, test]
  const of = (pick: (examples: Examples) => NumericArray | null) =>
    sets.flatMap((examples) => {
      const array = pick(examples)
      return array === null ? [] : [[examples.where, array] as const]
    })
  const x = await pixelMeaning(
    of((examples) => examples.x),
    work,
  )
  return {
    x,
    y:
      main.y === null
        ? null
        : await pixelMeaning(
            of((examples) => examples.y),
            work,
          ),
  }
}

/**
 * Reads the files of a request, whole, before anything is stored; then writes one dataset file into the folder. A failed
 * or aborted import leaves nothing behind.
 * @returns the row's fields
 */
export async function importDataset(request: ImportRequest, folder: string, work: Work = {}): Promise<NewDataset> {
  const { main, test, classes, counts } = await readRequest(request, work)
  const meaning = await meaningOf(main, test, work)
  const { seed } = request.split
  const rows = splitRows(main.n, test === null ? counts : { ...counts, test: 0 }, seed)
  const splits: Partial<Record<SplitName, SplitContent>> = {}
  for (const [position, name] of splitNames.entries()) {
    const part = [position / splitNames.length, (position + 1) / splitNames.length] as const
    const whole = name === 'test' && test !== null
    const from = whole ? test : main
    const picked = whole ? Int32Array.from({ length: test.n }, (_, index) => index) : rows[name]
    splits[name] = await contentOf(from, meaning, picked, classes, work, part)
  }
  const content = splits as Record<SplitName, SplitContent>
  checkClasses(content.train.labels, classes, main.where)
  const kind = main.y === null ? 'images' : 'pairs'
  const { shape, targetShape } = main
  const names = classes?.map(String) ?? null
  const file = await writeDatasetFile(
    folder,
    { kind, shape, targetShape, classes: names, splits: content },
    work.signal,
  )
  return {
    name: request.name,
    kind,
    shape,
    targetShape,
    classes: names,
    n: counts,
    hash: file.sha256,
    bytes: file.bytes,
    recipe: {
      kind: 'imported',
      format: main.format,
      files: [...main.files, ...(test?.files ?? [])],
      seed,
      options: { splits: counts, testFile: test !== null, values: meaning },
    },
  }
}

async function contentOf(
  examples: Examples,
  meaning: Meaning,
  rows: Int32Array,
  classes: readonly number[] | null,
  work: Work,
  part: readonly [number, number],
): Promise<SplitContent> {
  const { labels } = examples
  return {
    x: await pixelRows(examples.x, meaning.x, rows, work, part),
    y: examples.y === null ? null : await pixelRows(examples.y, meaning.y!, rows, work),
    labels:
      labels === null
        ? null
        : labelIndices(
            Array.from(rows, (row) => labels[row]!),
            classes!,
          ),
  }
}

/** One model is trained for each class: a class without a training image is found here, not hours later. */
function checkClasses(labels: Int32Array | null, classes: readonly number[] | null, where: string): void {
  if (labels === null || classes === null) return
  const seen = new Set(labels)
  const missing = classes.filter((_, index) => !seen.has(index))
  if (missing.length === 0) return
  throw new WorkbenchError('CLASS_EMPTY', `No training image of class ${missing.slice(0, 5).join(', ')}`, {
    where,
    remedy: 'Take fewer validation and test images, or another seed.',
  })
}

import {
  splitNames,
  type ImportPreview,
  type ImportRequest,
  type SplitCounts,
  type SplitName,
} from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { NewDataset } from '../store/datasets'
import { classesOf, labelIndices } from './classes'
import { writeDatasetFile, type PixelStream, type SplitContent } from './datasetFile'
import { inRoom } from './diskFull'
import { readExamples, type ReadExamples } from './examples'
import type { MakeSpool } from './fileRows'
import type { PixelColumn } from './pixelColumn'
import { pixelMeaning, type PixelMeaning } from './pixels'
import { amatReader } from './readers/amat'
import { lastRowsValid, splitCounts, splitRows, standardSeed } from './splits'
import { withSpools } from './spools'
import { partOf, type Work } from './work'

/** Share of the reading in an import; the rest is writing. */
const readingShare = 0.8

interface Reading {
  main: ReadExamples
  /** The published test file, which stays whole. */
  test: ReadExamples | null
  /** Distinct labels, ascending; null without labels. */
  classes: string[] | null
  counts: SplitCounts
  meaning: Meaning
}

/** x and y are told apart: a pair's partner may be of another kind. */
interface Meaning {
  x: PixelMeaning
  y: PixelMeaning | null
}

/** Reads and checks all files of a request. */
async function readRequest(request: ImportRequest, makeSpool: MakeSpool, work: Work): Promise<Reading> {
  const { files, labels, testFiles, testLabels, shape, split, frames = false } = request
  const share = testFiles === undefined ? 1 : 0.5
  const main = await readExamples({ files, labels, shape, frames }, makeSpool, partOf(work, [0, share]))
  const test =
    testFiles === undefined
      ? null
      : await readExamples({ files: testFiles, labels: testLabels, shape, frames }, makeSpool, partOf(work, [share, 1]))
  if (test !== null) checkAgreement(main, test)
  else if (testLabels !== undefined) {
    throw new WorkbenchError('IMPORT_FILES', 'There are test labels and no test images', {
      where: testLabels.name,
      remedy: 'Give the test images too.',
    })
  }
  const sets = test === null ? [main] : [main, test]
  const labelled = sets.flatMap((set) => set.labels ?? [])
  const counts = splitCounts(main.n, split, test !== null)
  return {
    main,
    test,
    classes: labelled.length === 0 ? null : classesOf(labelled),
    counts: test === null ? counts : { ...counts, test: test.n },
    meaning: {
      x: pixelMeaning(sets.map(({ x }) => x.facts)),
      y: main.y === null ? null : pixelMeaning(sets.map(({ y }) => y!.facts)),
    },
  }
}

function checkAgreement(main: ReadExamples, test: ReadExamples): void {
  const describe = ({ shape, targetShape, labels, x }: ReadExamples) => {
    const pairs = targetShape === null ? 'images' : `pairs with ${targetShape.join('x')}`
    const decoded = x.facts.brightness ? ' out of image files' : ''
    return `${pairs} of ${shape.join('x')} pixels ${labels === null ? 'without' : 'with'} labels${decoded}`
  }
  if (describe(main) === describe(test)) return
  throw new WorkbenchError('TEST_MISMATCH', `It holds ${describe(test)}; ${main.where} holds ${describe(main)}`, {
    where: test.where,
    remedy: 'Give files of one kind; nothing was imported.',
  })
}

/** What would be imported; reads and checks the files, stores nothing. */
export async function previewImport(request: ImportRequest, work: Work = {}): Promise<ImportPreview> {
  const { main, test, classes, counts } = await readRequest(request, async () => null, work)
  return {
    format: main.format,
    kind: main.y === null ? 'images' : 'pairs',
    n: main.n + (test?.n ?? 0),
    shape: main.shape,
    classes,
    splits: counts,
  }
}

/**
 * Reads the files of a request, whole, before anything is stored; then writes one dataset file into the folder. A failed
 * or aborted import leaves nothing behind.
 * @returns the row's fields
 * @throws what the readers find, DISK_FULL
 */
export function importDataset(request: ImportRequest, folder: string, work: Work = {}): Promise<NewDataset> {
  return inRoom(folder, () =>
    withSpools(folder, async (makeSpool) => {
      const reading = await readRequest(request, makeSpool, partOf(work, [0, readingShare]))
      return store(reading, request, folder, partOf(work, [readingShare, 1]))
    }),
  )
}

async function store(reading: Reading, request: ImportRequest, folder: string, work: Work): Promise<NewDataset> {
  const { main, test, classes, counts, meaning } = reading
  const last = validAtEnd(reading, request)
  const seed = last ? null : (request.split.seed ?? standardSeed)
  const drawn = test === null ? counts : { ...counts, test: 0 }
  const rows = seed === null ? lastRowsValid(drawn) : splitRows(main.n, drawn, seed)
  const written = rowCounter(reading, work)
  const contentOf = (examples: ReadExamples, picked: Int32Array): SplitContent => ({
    x: streamOf(examples.x, meaning.x, picked, written),
    y: examples.y === null ? null : streamOf(examples.y, meaning.y!, picked, written),
    labels: labelsOf(examples, picked, classes),
  })
  const splits = {} as Record<SplitName, SplitContent>
  for (const name of splitNames) splits[name] = contentOf(main, rows[name])
  if (test !== null)
    splits.test = contentOf(
      test,
      Int32Array.from({ length: test.n }, (_, index) => index),
    )
  checkClasses(splits.train.labels, classes, main.where)
  const { shape, targetShape } = main
  const kind = main.y === null ? 'images' : 'pairs'
  const file = await writeDatasetFile(folder, { kind, shape, targetShape, classes, splits }, work.signal)
  return {
    name: request.name,
    kind,
    shape,
    targetShape,
    classes,
    n: counts,
    hash: file.sha256,
    bytes: file.bytes,
    recipe: {
      kind: 'imported',
      format: main.format,
      files: [...main.files, ...(test?.files ?? [])],
      seed,
      options: {
        splits: counts,
        validationRows: last ? 'last' : 'drawn',
        testFile: test !== null,
        values: meaning,
        ...main.facts,
      },
    },
  }
}

/** Whether the validation rows are the last ones: a published training file beside its test file, and no seed is said. */
const validAtEnd = ({ main, test }: Reading, { split }: ImportRequest): boolean =>
  main.format === amatReader.format && test !== null && split.valid !== undefined && split.seed === undefined

/** Tells the progress of writing, as rows come. */
function rowCounter({ main, test }: Reading, { onProgress }: Work): (rows: number) => void {
  const total = (main.n + (test?.n ?? 0)) * (main.y === null ? 1 : 2)
  let done = 0
  return (rows) => {
    done += rows
    onProgress?.(done / total)
  }
}

const streamOf = (
  column: PixelColumn,
  meaning: PixelMeaning,
  picked: Int32Array,
  written: (rows: number) => void,
): PixelStream => ({
  dtype: meaning === 'floats' ? 'F32' : 'U8',
  rows: picked.length,
  async *blocks() {
    for await (const pixels of column.stored(meaning, picked)) {
      yield pixels
      written(pixels.length / column.width)
    }
  },
})

function labelsOf({ labels }: ReadExamples, picked: Int32Array, classes: readonly string[] | null): Int32Array | null {
  if (labels === null) return null
  const indices = labelIndices(labels, classes!)
  return picked.map((row) => indices[row]!)
}

/** One model is trained for each class: a class without a training image is found here, not hours later. */
function checkClasses(labels: Int32Array | null, classes: readonly string[] | null, where: string): void {
  if (labels === null || classes === null) return
  const seen = new Set(labels)
  const missing = classes.filter((_, index) => !seen.has(index))
  if (missing.length === 0) return
  throw new WorkbenchError('CLASS_EMPTY', `No training image of class ${missing.slice(0, 5).join(', ')}`, {
    where,
    remedy: 'Take fewer validation and test images, or another seed (--seed).',
  })
}

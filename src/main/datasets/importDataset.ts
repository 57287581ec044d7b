import { splitNames, type ImportPreview, type ImportRequest, type SplitName } from '../../shared/datasets'
import type { Understood } from '../../shared/importing'
import { WorkbenchError } from '../../shared/errors'
import type { NewDataset } from '../store/datasets'
import { writeDatasetFile, type PixelStream, type SplitContent } from './datasetFile'
import { inRoom } from './diskFull'
import type { ImageArray, ReadExamples } from './examples'
import type { MakeSpool } from './fileRows'
import { amatReader } from './readers/amat'
import { classIndices, missingClasses, readRequest, type Reading } from './reading'
import type { Scale } from './pixels'
import { lastRowsValid, splitRows, standardSeed } from './splits'
import { withSpools } from './spools'
import { understoodOf, type Division } from './understood'
import { partOf, type Work } from './work'

/** Share of the reading in an import; the rest is writing. */
const readingShare = 0.8

/** A reading with its splits, and what it was taken to mean. */
interface Divided {
  reading: Reading
  division: Division
  /** Rows of which examples each split is. */
  parts: Record<SplitName, { examples: ReadExamples; rows: Int32Array }>
  labels: Record<SplitName, Int32Array | null>
  understood: Understood
}

async function readDivided(request: ImportRequest, makeSpool: MakeSpool, work: Work): Promise<Divided> {
  const reading = await readRequest(request, makeSpool, work)
  const { main, own, classes } = reading
  const division = divided(reading, request)
  const parts = {} as Divided['parts']
  const labels = {} as Divided['labels']
  for (const name of splitNames) {
    const given = name === 'train' ? undefined : own[name]
    const examples = given ?? main
    const rows = given == null ? division.rows[name] : Int32Array.from({ length: given.n }, (_, index) => index)
    parts[name] = { examples, rows }
    const indices = classIndices(examples, classes)
    labels[name] = indices && rows.map((row) => indices[row])
  }
  checkClasses(labels, classes, main.where)
  return { reading, division, parts, labels, understood: understoodOf(reading, request, division, labels) }
}

function divided(reading: Reading, request: ImportRequest): Division {
  const { main, own, classes, counts } = reading
  const drawn = {
    train: counts.train,
    valid: own.valid === undefined ? counts.valid : 0,
    test: own.test === undefined ? counts.test : 0,
  }
  const seed = validAtEnd(reading, request) ? null : (request.split.seed ?? standardSeed)
  const rows = seed === null ? lastRowsValid(drawn) : splitRows(main.n, drawn, seed, classIndices(main, classes))
  return { rows, seed }
}

/** Whether the validation rows are the last ones: a published training file beside its test file, and no seed is said. */
const validAtEnd = ({ main, own }: Reading, { split }: ImportRequest): boolean =>
  main.format === amatReader.format && own.test != null && split.valid !== undefined && split.seed === undefined

/** What would be imported; reads and checks the files, stores nothing. */
export async function previewImport(request: ImportRequest, work: Work = {}): Promise<ImportPreview> {
  const { reading, understood } = await readDivided(request, async () => null, work)
  const { main, classes, counts } = reading
  return {
    format: main.format,
    kind: understood.kind,
    n: counts.train + counts.valid + counts.test,
    shape: main.x.shape,
    classes,
    splits: counts,
    ownSplits: (['valid', 'test'] as const).filter((split) => reading.own[split] !== undefined),
    understood,
  }
}

/**
 * Reads the files of a request, whole, before anything is stored; then writes one dataset file into the folder. A failed
 * or aborted import leaves nothing behind.
 * @returns the row's fields
 * @throws what the readers find, AMBIGUOUS, DISK_FULL
 */
export function importDataset(request: ImportRequest, folder: string, work: Work = {}): Promise<NewDataset> {
  return inRoom(folder, () =>
    withSpools(folder, async (makeSpool) => {
      const read = await readDivided(request, makeSpool, partOf(work, [0, readingShare]))
      return store(read, request, folder, partOf(work, [readingShare, 1]))
    }),
  )
}

async function store(read: Divided, request: ImportRequest, folder: string, work: Work): Promise<NewDataset> {
  const { reading, division, parts, labels, understood } = read
  const { main, own, classes, counts } = reading
  const written = rowCounter(counts, main.y !== null, work)
  const splits = {} as Record<SplitName, SplitContent>
  for (const name of splitNames) {
    const { examples, rows } = parts[name]
    const stream = (array: ImageArray) => streamOf(array, scaleIn(reading, array), rows, written)
    splits[name] = { x: stream(examples.x), y: examples.y && stream(examples.y), labels: labels[name] }
  }
  const { kind } = understood
  const [shape, targetShape] = [main.x.shape, main.y?.shape ?? null]
  const file = await writeDatasetFile(folder, { kind, shape, targetShape, classes, splits }, work.signal)
  const sets = [main, ...Object.values(own).filter((examples) => examples !== null)]
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
      files: [...new Set(sets.flatMap(({ files }) => files))],
      seed: division.seed,
      options: {
        splits: counts,
        validationRows: division.seed === null ? 'last' : 'drawn',
        testFile: own.test !== undefined,
        meaning: request.meaning,
        ...main.facts.recipe,
      },
      understood,
    },
  }
}

function scaleIn({ scales }: Reading, { column }: ImageArray): Scale {
  const scale = scales.get(column)
  if (scale === undefined) throw new TypeError(`no scale of ${column.where}`)
  return scale
}

/** Tells the progress of writing, as rows come. */
function rowCounter(counts: Record<SplitName, number>, pairs: boolean, { onProgress }: Work): (rows: number) => void {
  const total = (counts.train + counts.valid + counts.test) * (pairs ? 2 : 1)
  let done = 0
  return (rows) => {
    done += rows
    onProgress?.(done / total)
  }
}

const streamOf = (
  { column, shape, transposed }: ImageArray,
  scale: Scale,
  picked: Int32Array,
  written: (rows: number) => void,
): PixelStream => ({
  dtype: column.storedType(scale),
  rows: picked.length,
  async *blocks() {
    for await (const pixels of column.stored(scale, picked, transposed ? transposedOrder(shape) : null)) {
      yield pixels
      written(pixels.length / column.width)
    }
  },
})

/** Where in a file's row each pixel of the turned image [height, width] lies. */
function transposedOrder([height, width]: readonly [number, number]): Int32Array {
  return Int32Array.from({ length: height * width }, (_, at) => (at % width) * height + Math.floor(at / width))
}

/** One model is trained for each class: a class without a training image is found here, not hours later. */
function checkClasses(labels: Divided['labels'], classes: readonly string[] | null, where: string): void {
  if (classes === null || labels.train === null) return
  const missing = missingClasses(labels, classes).find(({ split }) => split === 'train')
  if (missing === undefined) return
  throw new WorkbenchError('CLASS_EMPTY', `No training image of class ${missing.names.slice(0, 5).join(', ')}`, {
    where,
    remedy: 'Take fewer validation and test images, or another seed (--seed).',
  })
}

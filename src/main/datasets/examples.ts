import { present } from '../../shared/present'
import type { ImageShape, SourceFile } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { MakeSpool } from './fileRows'
import type { PixelColumn } from './pixelColumn'
import { readSources, type FileRecord, type ReadSource } from './readSources'
import type { ReadFacts } from './readers/reader'
import type { Work } from './work'

/** Labels of all examples. */
export interface Labels {
  where: string
  values: Float64Array
  /** What they count; null where they are their own names. */
  names: string[] | null
}

/** Images or pairs out of files, checked to agree with each other; nothing is scaled yet. */
export interface ReadExamples {
  format: string
  n: number
  /** Names of the file in errors. */
  where: string
  x: PixelColumn
  shape: ImageShape
  /** Partners, for pairs. */
  y: PixelColumn | null
  targetShape: ImageShape | null
  labels: Labels | null
  files: FileRecord[]
  facts: ReadFacts
}

export interface ExampleFiles {
  files: readonly SourceFile[]
  labels: SourceFile | undefined
  /** Height and width of flat rows. */
  shape: ImageShape | undefined
  /** Consecutive images of a folder are pairs. */
  frames: boolean
}

/**
 * Reads the files of one set of examples: one with x, or images; labels from it, from a file of labels among them, or
 * from `labels`.
 * @throws FORMAT_UNKNOWN and the readers' errors, IMPORT_FILES, LABELS_COUNT, SHAPE_NEEDED, SHAPE_MISMATCH, NO_EXAMPLES
 */
export async function readExamples(
  { files, labels, shape, frames }: ExampleFiles,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadExamples> {
  const options = { frames, labelsApart: labels !== undefined }
  const read = await readSources(files, options, makeSpool, work)
  if (labels !== undefined) {
    read.push(...(await readSources([labels], { frames: false, labelsApart: false }, makeSpool, {})))
  }
  const [image, second] = read.filter(({ rows }) => rows.x !== null)
  const partners = read.filter(({ rows }) => rows.y !== null || rows.classes !== null)
  if (image?.rows.x == null) {
    throw filesError(read[0].rows.where, 'There are labels and no images', 'Give the images too.')
  }
  if (second !== undefined) throw twice(image, second, 'images')
  if (partners.length > 1) throw twice(partners[0], partners[1], 'labels')
  const { x, where } = image.rows
  checkRows(x, where, 'x')
  return {
    format: image.format,
    n: x.rows,
    where,
    x,
    shape: shapeOf(x, shape, where, 'x'),
    ...partnerOf(partners[0], x.rows, shape),
    files: read.map(({ file }) => file),
    facts: image.facts,
  }
}

const twice = (one: ReadSource, other: ReadSource, what: string): WorkbenchError =>
  filesError(other.rows.where, `${one.rows.where} has ${what} already`, 'Import one file of each at a time.')

function partnerOf(
  source: ReadSource | undefined,
  n: number,
  shape: ImageShape | undefined,
): Pick<ReadExamples, 'y' | 'targetShape' | 'labels'> {
  if (source === undefined) return { y: null, targetShape: null, labels: null }
  const { where, y, classes } = source.rows
  if (y === null) {
    const { values } = present(classes)
    checkCount(values.length, n, 'labels', where)
    return { y: null, targetShape: null, labels: { where, values, names: source.classNames } }
  }
  checkRows(y, where, 'y')
  checkCount(y.rows, n, 'partners', where)
  const fitting = shape !== undefined && shape[0] * shape[1] === y.width ? shape : undefined
  return { y, targetShape: shapeOf(y, fitting, where, 'y'), labels: null }
}

function checkCount(count: number, n: number, what: string, where: string): void {
  if (count === n) return
  const [found, wanted] = [count, n].map((rows) => rows.toLocaleString('en-US'))
  throw new WorkbenchError('LABELS_COUNT', `${found} ${what} for ${wanted} images`, {
    where,
    remedy: 'Give one for each image; nothing was imported.',
  })
}

function checkRows({ rows }: PixelColumn, where: string, name: string): void {
  if (rows === 0) throw new WorkbenchError('NO_EXAMPLES', `${name} is empty`, { where, remedy: 'Choose another file.' })
}

/** Height and width: of the array, as said, or of a square. */
function shapeOf(column: PixelColumn, wanted: ImageShape | undefined, where: string, name: string): ImageShape {
  const shape = column.shape ?? []
  const [first, second] = shape
  if (shape.length === 2) {
    if (wanted !== undefined && (wanted[0] !== first || wanted[1] !== second)) {
      throw shapeError(
        'SHAPE_MISMATCH',
        where,
        `The images are ${first}x${second}, not ${wanted.join('x')}`,
        'Leave out the shape.',
      )
    }
    return [first, second]
  }
  if (shape.length !== 1) {
    const message = `${name} has ${shape.length + 1} axes`
    throw shapeError('SHAPE_AXES', where, message, 'Give [N, D] or [N, height, width].')
  }
  if (wanted !== undefined) {
    if (wanted[0] * wanted[1] === first) return wanted
    throw shapeError(
      'SHAPE_MISMATCH',
      where,
      `Rows of ${first} values are not ${wanted.join('x')} pixels`,
      'Correct the shape.',
    )
  }
  const side = Math.round(Math.sqrt(first))
  if (side * side === first) return [side, side]
  throw shapeError(
    'SHAPE_NEEDED',
    where,
    `Rows of ${first} values are no square`,
    'Say their height and width (--shape HxW).',
  )
}

const shapeError = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

const filesError = (where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError('IMPORT_FILES', message, { where, remedy })

import type { ImageShape } from '../../shared/datasets'
import type { MeaningOptions } from '../../shared/importing'
import { WorkbenchError } from '../../shared/errors'
import { ambiguous } from './ambiguous'
import { inOrderOf, labelsOf } from './labelsOf'
import type { Labels } from './labels'
import type { PixelColumn } from './pixelColumn'
import type { FileRecord, ReadSource } from './readSources'
import type { ReadFacts } from './readers/reader'

/** Images of one array, and how they lie. */
export interface ImageArray {
  column: PixelColumn
  /** As they are stored: turned already. */
  shape: ImageShape
  transposed: boolean
}

/** Images or pairs out of files, checked to agree with each other; nothing is scaled yet. */
export interface ReadExamples {
  format: string
  n: number
  /** Names of the file in errors. */
  where: string
  x: ImageArray
  /** Partners, for pairs. */
  y: ImageArray | null
  labels: Labels | null
  files: FileRecord[]
  /** Of the images. */
  facts: ReadFacts
  /** Of all files. */
  sources: readonly ReadSource[]
}

export interface ExampleOptions {
  /** Height and width of flat rows. */
  shape: ImageShape | undefined
  meaning: MeaningOptions
  /** Labels that came in a file of their own. */
  labels: ReadSource | null
}

/**
 * Puts the sources of one split together: one with x, or images; labels from it, from a file of labels among them, or
 * from `labels`.
 * @param sources one at least
 * @throws IMPORT_FILES, AMBIGUOUS, LABELS_COUNT, SHAPE_NEEDED, SHAPE_MISMATCH, NO_EXAMPLES
 */
export function examplesOf(sources: readonly ReadSource[], options: ExampleOptions): ReadExamples {
  const [image, second] = sources.filter(({ rows }) => rows.x !== null)
  if (image?.rows.x == null) {
    throw filesError(sources[0].rows.where, 'There are labels and no images', 'Give the images too.')
  }
  if (second !== undefined) throw twice(image, second, 'images')
  const { x: column, where } = image.rows
  checkRows(column, where, 'x')
  const transposed = isTransposed(image, options.meaning)
  const x = arrayOf(column, options.shape ?? image.facts.shapes?.x, where, 'x', transposed)
  const all = options.labels === null ? sources : [...sources, options.labels]
  return {
    format: image.format,
    n: column.rows,
    where,
    x,
    ...partnerOf(all, image, options, transposed),
    files: [...new Set(all.map(({ file }) => file))],
    facts: image.facts,
    sources: all,
  }
}

const twice = (one: ReadSource, other: ReadSource, what: string): WorkbenchError =>
  filesError(other.rows.where, `${one.rows.where} has ${what} already`, 'Import one file of each at a time.')

/** @throws AMBIGUOUS */
function isTransposed({ rows, facts }: ReadSource, { transpose }: MeaningOptions): boolean {
  if (facts.mayBeTurned && transpose === undefined) {
    throw ambiguous(rows.where, 'EMNIST is published with rows and columns exchanged; this file is called so', [
      '--transpose',
      '--no-transpose',
    ])
  }
  return transpose ?? false
}

function partnerOf(
  sources: readonly ReadSource[],
  image: ReadSource,
  { shape, meaning, labels: apart }: ExampleOptions,
  transposed: boolean,
): Pick<ReadExamples, 'y' | 'labels'> {
  const [partner, second] = sources.filter(({ rows }) => rows.y !== null || rows.classes !== null)
  if (second !== undefined) throw twice(partner, second, 'labels')
  const x = image.rows.x as PixelColumn
  if (partner === undefined) {
    if (meaning.kind === undefined || meaning.kind === 'images') return { y: null, labels: null }
    const missing = meaning.kind === 'pairs' ? 'partners' : 'labels'
    throw filesError(image.rows.where, `There are no ${missing}`, `Give them too, or leave --kind ${meaning.kind} out.`)
  }
  const { where, y } = partner.rows
  const found = labelsOf(partner, x.width, meaning, partner === apart)
  if (found !== null) {
    const named = partner.facts.labelledNames
    const labels = partner === image ? found : inOrderOf(found, named, image, meaning.order)
    checkCount(labels.values.length, x.rows, 'labels', where)
    return { y: null, labels }
  }
  if (y === null) throw filesError(where, 'Its labels cannot be partners', 'Leave --kind pairs out.')
  checkRows(y, where, 'y')
  checkCount(y.rows, x.rows, 'partners', where)
  const said = partner.facts.shapes?.y ?? shape
  const fitting = said !== undefined && said[0] * said[1] === y.width ? said : undefined
  return { y: arrayOf(y, fitting, where, 'y', transposed), labels: null }
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

function arrayOf(
  column: PixelColumn,
  wanted: ImageShape | undefined,
  where: string,
  name: string,
  transposed: boolean,
): ImageArray {
  const [height, width] = shapeOf(column, wanted, where, name)
  return { column, shape: transposed ? [width, height] : [height, width], transposed }
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

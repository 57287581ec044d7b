import type { ImageShape } from '../../../shared/datasets'
import { isLabelWord } from '../../../shared/columnNames'
import { WorkbenchError } from '../../../shared/errors'
import { checkPixels } from '../limits'
import { isNumber } from './csvDialect'
import type { ReadOptions } from './reader'

/** Names of a column that numbers the rows. */
const rowNames = ['id', 'index', 'idx', 'row']
/** So many cells 0, 1, 2, ... are the numbers of columns (pandas writes them as a header), and no example. */
const fewestNumbered = 4

/** How the columns of a CSV file are meant. */
export interface CsvColumns {
  header: boolean
  /** Position of the label; null where there is none here. */
  label: number | null
  /** Positions that are neither pixels nor label. */
  skipped: number[]
  /** The label's column in words. */
  labelName: string
}

const isWord = (cell: string): boolean =>
  cell.trim() !== '' && !isNumber(cell) && !/^[+-]?(nan|inf|infinity)$/i.test(cell.trim())

const plain = (cell: string): string => cell.trim().toLowerCase()

const isNumbered = (cells: readonly string[]): boolean =>
  cells.length >= fewestNumbered && cells.every((cell, position) => cell === String(position))

export const isLabelName = (cell: string): boolean => isLabelWord(plain(cell))
export const isRowName = (cell: string): boolean => rowNames.includes(plain(cell))

/** pixel0, pixel1, ... or 1x1, 1x2, ...: names that count pixels. */
const isPixelName = (cell: string): boolean => /^[a-z_ ]{0,12}\d+([x_, -]\d+)?$/i.test(cell.trim())

/**
 * Whether the first record names the columns: one of them is called like a label, most of them are words, or
 * they are numbered through. A single word among numbers is a wrong value.
 * @param decimalComma numbers may have a comma
 */
export function isHeader(cells: readonly string[], decimalComma = false): boolean {
  const texts = decimalComma ? cells.map((cell) => cell.replace(',', '.')) : cells
  const words = texts.filter(isWord)
  return texts.some(isLabelName) || words.length * 2 > texts.length || isNumbered(texts)
}

const isSquare = (count: number): boolean => count > 0 && Number.isInteger(Math.sqrt(count))

/**
 * The columns by name, by what is said, else by the number of pixels that an image can have. Which of the outer columns
 * of a table without names is the label is found by `edge`, which looks at all of them.
 * @param cells of the first record
 * @throws CSV_HEADER, LABELS_COLUMN, SHAPE_NEEDED, SHAPE_MISMATCH, and what `edge` throws
 */
export async function csvColumns(
  cells: readonly string[],
  header: boolean,
  { role, shape, meaning: { kind, labelsColumn } }: ReadOptions,
  edge: () => Promise<'first' | 'last'>,
  file: string,
  where: string,
): Promise<CsvColumns> {
  if (header) checkNames(cells, where)
  const ids = header ? positions(cells, isRowName) : []
  const columns = (label: number | null, labelName: string): CsvColumns => ({
    header,
    label,
    skipped: ids.filter((position) => position !== label),
    labelName,
  })
  if (role === 'images') return columns(null, 'none')
  if (labelsColumn !== undefined) {
    const label = saidColumn(cells, header, labelsColumn, where)
    return columns(label, header ? `column ${cells[label].trim()}` : `${labelsColumn} column`)
  }
  const named = header ? namedLabel(cells, where) : null
  if (named !== null) return columns(named, `column ${cells[named].trim()}`)
  if (cells.length === 1 && shape === undefined)
    return columns(0, header ? `column ${cells[0].trim()}` : 'a label a line')
  if (kind === 'images') return columns(null, 'none')
  if (kind !== 'labelled' && !hasLabel(cells, header, ids.length, shape, file)) return columns(null, 'none')
  const end = await edge()
  const label = end === 'first' ? 0 : cells.length - 1
  return columns(label, header ? `column ${cells[label].trim()}` : `${end} column`)
}

/** The column that is called like a label; null where none is. @throws CSV_HEADER where several are */
export function namedLabel(cells: readonly string[], where: string): number | null {
  const named = positions(cells, isLabelName)
  if (named.length < 2) return named[0] ?? null
  const names = named.map((position) => cells[position].trim()).join(', ')
  throw refuse(
    'CSV_HEADER',
    where,
    `Several columns are called like a label: ${names}`,
    'Say which (--labels-column NAME).',
  )
}

/** Whether one of the columns is a label, by how many pixels are left. */
function hasLabel(
  cells: readonly string[],
  header: boolean,
  ids: number,
  shape: ImageShape | undefined,
  where: string,
): boolean {
  const width = cells.length - ids
  const fits = (pixels: number) => (shape === undefined ? isSquare(pixels) : pixels === shape[0] * shape[1])
  if (fits(width)) return false
  if (fits(width - 1)) return true
  checkPixels([width - 1], where)
  const numbered = header && !isNumbered(cells) && cells.every((cell) => isPixelName(cell) || isRowName(cell))
  const message = numbered ? `Rows of ${width} values` : `Rows of ${width} values, or of ${width - 1} and a label,`
  throw shape === undefined
    ? refuse('SHAPE_NEEDED', where, `${message} are no square`, 'Say their height and width (--shape HxW).')
    : refuse('SHAPE_MISMATCH', where, `${message} are not ${shape.join('x')} pixels`, 'Correct the shape.')
}

const positions = (cells: readonly string[], test: (cell: string) => boolean): number[] =>
  [...cells.keys()].filter((position) => test(cells[position]))

/** @throws LABELS_COLUMN */
export function saidColumn(cells: readonly string[], header: boolean, wanted: string, where: string): number {
  if (wanted === 'first') return 0
  if (wanted === 'last') return cells.length - 1
  const found = header ? cells.findIndex((cell) => plain(cell) === plain(wanted)) : -1
  if (found >= 0) return found
  const names = cells.slice(0, 8).map((cell) => cell.trim())
  throw refuse(
    'LABELS_COLUMN',
    where,
    header
      ? `There is no column ${wanted}; there are ${names.join(', ')}`
      : `There is no column ${wanted}: the columns have no names`,
    'Give first, last, or the name of a column.',
  )
}

/** A column without a name is that of pandas's row numbers, which are no pixels. */
function checkNames(cells: readonly string[], where: string): void {
  const nameless = cells.findIndex((cell) => cell.trim() === '')
  if (nameless < 0) return
  throw refuse(
    'CSV_HEADER',
    where,
    `Column ${nameless + 1} has no name`,
    'Save it without row numbers: to_csv(index=False).',
  )
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

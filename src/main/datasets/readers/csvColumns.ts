import { WorkbenchError } from '../../../shared/errors'

/** Names of a column of labels. */
const labelNames = ['label', 'class', 'y', 'target']
/** So many cells 0, 1, 2, ... are the numbers of columns (pandas writes them as a header), and no example. */
const fewestNumbered = 4

/** How the columns of a CSV file are meant. */
export interface CsvColumns {
  header: boolean
  /** Position of the label; null where the labels come in another file. */
  label: number | null
  /** The label's column, for the recipe. */
  labelName: string
}

const isNumber = (cell: string): boolean => cell.trim() !== '' && !Number.isNaN(Number(cell))

const isWord = (cell: string): boolean =>
  cell.trim() !== '' && !isNumber(cell) && !/^[+-]?(nan|inf|infinity)$/i.test(cell.trim())

const isNumbered = (cells: readonly string[]): boolean =>
  cells.length >= fewestNumbered && cells.every((cell, position) => cell === String(position))

const isLabelName = (cell: string): boolean => labelNames.includes(cell.trim().toLowerCase())

/**
 * Whether the first record names the columns: one of them is called like a label, most of them are words, or
 * they are numbered through. A single word among numbers is a wrong value.
 */
function isHeader(cells: readonly string[]): boolean {
  const words = cells.filter(isWord)
  return cells.some(isLabelName) || words.length * 2 > cells.length || isNumbered(cells)
}

/**
 * The label is the column of that name, else the last one.
 * @param cells of the first record
 * @throws CSV_HEADER
 */
export function csvColumns(cells: readonly string[], labelsApart: boolean, where: string): CsvColumns {
  const header = isHeader(cells)
  if (header) checkNames(cells, where)
  if (labelsApart) return { header, label: null, labelName: 'none' }
  const named = header ? [...cells.keys()].filter((position) => isLabelName(cells[position])) : []
  if (named.length > 1) {
    const names = named.map((position) => cells[position].trim()).join(', ')
    throw refuse(where, `Several columns are called like a label: ${names}`, 'Leave one of them.')
  }
  const label = named[0] ?? cells.length - 1
  return { header, label, labelName: header ? cells[label].trim() : 'last column' }
}

/** A column without a name is that of pandas's row numbers, which are no pixels. */
function checkNames(cells: readonly string[], where: string): void {
  const nameless = cells.findIndex((cell) => cell.trim() === '')
  if (nameless < 0) return
  throw refuse(where, `Column ${nameless + 1} has no name`, 'Save it without row numbers: to_csv(index=False).')
}

const refuse = (where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError('CSV_HEADER', message, { where, remedy })

import { WorkbenchError } from '../errors'
import { isImageName } from '../imageNames'
import { columnsByCells, columnsByHeader, isListHeader, type ListColumns } from './columns'
import { delimiterOf, divide, linesOf, type Delimiter, type DividedLine, type ListLine } from './divide'

/** What a list names: single images, pairs, or images with labels. */
export type ImageListKind = 'images' | 'pairs' | 'labelled'

export interface ImageListRow {
  x: string
  /** null but for pairs. */
  y: string | null
  /** null but for labelled images. */
  label: string | null
  /** Counted from 1. */
  line: number
  /** Why the row names nothing. */
  error: WorkbenchError | null
}

export interface ImageList {
  kind: ImageListKind
  /** Names of the columns; null without a header. */
  header: string[] | null
  /** Names of columns that are not read. */
  ignored: string[]
  rows: ImageListRow[]
}

/** Largest list that is read, in bytes. */
export const largestList = 64 * 1024 ** 2

interface Layout {
  delimiter: Delimiter
  header: string[] | null
  columns: ListColumns
  width: number
  body: readonly ListLine[]
}

/**
 * A list of images: a line each, one image, a pair, or an image and its label; divided by commas, semicolons, tabs or
 * white space, with or without a header and quotes. Rows that name nothing say so in their place.
 * @param second whether the second image of a pair is wanted: models of one image leave it out
 * @throws LIST_EMPTY, LIST_COLUMNS, LIST_HEADER
 */
export function readImageList(text: string, name: string, second = true): ImageList {
  const { delimiter, header, columns: found, width, body } = layoutOf(linesOf(text), name)
  const columns = second ? found : { ...found, y: null }
  const kind = columns.y !== null ? 'pairs' : columns.label !== null ? 'labelled' : 'images'
  const used = [columns.x, columns.y, columns.label]
  if (body.length === 0) {
    throw refuse('LIST_EMPTY', name, 'There is no image in the list', 'Write an image, or a pair, a line.')
  }
  return {
    kind,
    header,
    ignored: (header ?? []).filter((_, column) => !used.includes(column)),
    rows: body.map(({ text: line, line: number }) =>
      rowOf(divide(line, delimiter), number, columns, width, `${name}, line ${number}`),
    ),
  }
}

/** What the first lines of a text list; null where they are no list of images. The last line may be cut. */
export function imageListKind(head: string): ImageListKind | null {
  const lines = linesOf(head)
  try {
    const { columns, header } = layoutOf(lines.length > 2 ? lines.slice(0, -1) : lines, '')
    if (header !== null && lines.length < 2) return null
    return columns.y !== null ? 'pairs' : columns.label !== null ? 'labelled' : 'images'
  } catch (error) {
    // An unknown header above images is told by who reads the list.
    if (error instanceof WorkbenchError) return error.code === 'LIST_HEADER' ? 'pairs' : null
    throw error
  }
}

function layoutOf(lines: readonly ListLine[], name: string): Layout {
  const [first] = lines
  if (first === undefined) throw refuse('LIST_EMPTY', name, 'There is nothing in the list', 'Choose another file.')
  const delimiter = delimiterOf(lines, isListHeader)
  const head = divide(first.text, delimiter).cells
  const rest = lines.slice(1, sample).map(({ text }) => divide(text, delimiter).cells)
  const width = head.length
  const share = (rows: readonly string[][], of: (cell: string) => boolean) =>
    head.map((_, column) => rows.filter((cells) => of(cells[column] ?? '')).length / Math.max(1, rows.length))
  const images = share(rest, isImageName)
  const isHeader = !head.some(isImageName) && (isListHeader(head) || images.some((of) => of > 0.5))
  const where = `${name}, line ${first.line}`
  if (isHeader) {
    const numbers = share(rest, (cell) => cell !== '' && !Number.isNaN(Number(cell)))
    const columns = columnsByHeader(head, images, where)
    // Names without an ending are taken for images under x and y alone; numbers there are pixels or coordinates.
    const unnamed = columns.y !== null && images.every((of) => of === 0) && numbers[columns.x] < 0.5
    if (images[columns.x] > 0 || unnamed) {
      return { delimiter, header: head, columns, width, body: lines.slice(1) }
    }
  }
  const named = share([head, ...rest], isImageName)
  if (named[0] < 0.5 || !head.some(isImageName)) {
    const remedy = 'Give a list of image files: with the header x,y for pairs, or file,label.'
    throw refuse('LIST_COLUMNS', where, 'No column of the list names images', remedy)
  }
  return { delimiter, header: null, columns: columnsByCells(named, where), width, body: lines }
}

/** Lines by which columns are told apart. */
const sample = 100

function rowOf(
  { cells, open }: DividedLine,
  line: number,
  columns: ListColumns,
  width: number,
  where: string,
): ImageListRow {
  const cell = (column: number | null) => (column === null ? null : (cells[column] ?? ''))
  const row = { x: cells[columns.x] ?? '', y: cell(columns.y), label: cell(columns.label), line }
  return { ...row, error: faultOf(row, cells.length, width, open, where) }
}

function faultOf(
  { x, y, label }: Pick<ImageListRow, 'x' | 'y' | 'label'>,
  found: number,
  width: number,
  open: boolean,
  where: string,
): WorkbenchError | null {
  if (open) return refuse('CSV_DAMAGED', where, 'A quote is opened and never closed', 'Close it.')
  if (found !== width) {
    const remedy = 'Put names that hold commas or spaces in double quotes.'
    return refuse('PAIR_ROW', where, `${found} cells, ${width} expected`, remedy)
  }
  if (x === '' || y === '')
    return refuse('PAIR_ROW', where, 'A path is missing', 'Name the image, relative to the list.')
  return label === '' ? refuse('PAIR_ROW', where, 'The label is missing', 'Name the class.') : null
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

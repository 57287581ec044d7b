import { ambiguous } from '../ambiguous'
import { WorkbenchError } from '../../../shared/errors'
import type { Work } from '../work'
import { isLabelName, isRowName, namedLabel, saidColumn } from './csvColumns'
import { dialectOf, isNumber } from './csvDialect'
import { csvRecords, type CsvRecord } from './csvText'
import type { InputFile } from './inputFile'
import { factsOf, headBytes, type ReadFacts, type ReadOptions, type RowSink } from './reader'

/** Names of a column that says which image a label belongs to. */
const fileNames = ['file', 'filename', 'file_name', 'image', 'img', 'path', 'name']

const isFileColumn = (cell: string): boolean => fileNames.includes(cell.trim().toLowerCase())

interface Columns {
  header: boolean
  label: number
  /** Of the images' names, or of their numbers. */
  key: number | null
  labelName: string
}

/**
 * Labels out of a text: one a line, or a table with a column of labels and perhaps one that says of which image.
 * @throws AMBIGUOUS, CSV_HEADER, CSV_LABEL, CSV_ROW, LABELS_COLUMN, LABELS_ORDER, NO_EXAMPLES
 */
export async function readLabelTable(
  file: InputFile,
  sink: RowSink,
  work: Work,
  options: ReadOptions,
): Promise<ReadFacts> {
  const head = await file.read(0, headBytes)
  const { delimiter } = dialectOf(head)
  const first = await firstTwo(csvRecords(file, {}, delimiter))
  if (first.length === 0) {
    throw refuse('NO_EXAMPLES', file.name, 'It holds no labels', 'Choose another file.')
  }
  const columns = columnsOf(first, options.meaning.labelsColumn, file.name)
  const keys: string[] = []
  const width = first[0].cells.length
  let headerLeft = columns.header
  let count = 0
  for await (const { cells, line } of csvRecords(file, work, delimiter)) {
    if (headerLeft) {
      headerLeft = false
      continue
    }
    const where = () => `${file.name}, line ${line}, column ${columns.label + 1}`
    if (cells.length !== width) {
      const message = `${cells.length} values, ${width} expected`
      throw refuse('CSV_ROW', `${file.name}, line ${line}`, message, 'Correct it; nothing was imported.')
    }
    sink.labelText(cells[columns.label], 'CSV_LABEL', where)
    if (columns.key !== null) keys.push(cells[columns.key].trim())
    count++
  }
  if (count === 0) throw refuse('NO_EXAMPLES', file.name, 'It holds no labels', 'Choose another file.')
  return factsOf({
    recipe: { header: columns.header, label: columns.labelName },
    labelsFrom: columns.labelName,
    labelledNames: namesOf(keys, file.name),
  })
}

async function firstTwo(records: AsyncGenerator<CsvRecord>): Promise<CsvRecord[]> {
  const found: CsvRecord[] = []
  for await (const record of records) {
    found.push(record)
    if (found.length === 2) break
  }
  return found
}

function columnsOf([{ cells, line }, second]: CsvRecord[], said: string | undefined, name: string): Columns {
  const where = `${name}, line ${line}`
  const header =
    cells.some(isLabelName) || (second !== undefined && !cells.some(isNumber) && second.cells.some(isNumber))
  const labelName = (position: number) =>
    header ? `column ${cells[position].trim()}` : cells.length === 1 ? 'a label a line' : `column ${position + 1}`
  // Names of files tell more than numbers of rows.
  const key = (label: number): number | null => {
    const others = header ? [...cells.keys()].filter((at) => at !== label) : []
    return others.find((at) => isFileColumn(cells[at])) ?? others.find((at) => isRowName(cells[at])) ?? null
  }
  const named = () => (cells.length === 1 ? 0 : header ? namedLabel(cells, where) : null)
  const chosen = said === undefined ? named() : saidColumn(cells, header, said, where)
  if (chosen !== null) return { header, label: chosen, key: key(chosen), labelName: labelName(chosen) }
  throw ambiguous(where, `Any of its ${cells.length} columns can be the label`, [
    '--labels-column first',
    '--labels-column last (or the name of a column)',
  ])
}

/** Row numbers that count up say nothing beyond the order; others name images. */
function namesOf(keys: readonly string[], where: string): string[] | null {
  if (keys.length === 0) return null
  const start = Number(keys[0])
  if (keys.every((key, row) => isNumber(key) && Number(key) === start + row)) return null
  const seen = new Set<string>()
  const twice = keys.find((key) => seen.has(key) || !seen.add(key))
  if (twice === undefined) return [...keys]
  throw refuse('LABELS_ORDER', where, `${twice} has two labels`, 'Leave one of them; nothing was imported.')
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

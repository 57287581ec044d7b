import { WorkbenchError } from '../../../shared/errors'
import { csvColumns, isHeader, type CsvColumns } from './csvColumns'
import { delimiterName, dialectOf, isNumber, type Dialect } from './csvDialect'
import { EdgeColumn, labelEdge } from './csvEdges'
import { csvRecords, type CsvRecord } from './csvText'
import type { Work } from '../work'
import type { InputFile } from './inputFile'
import { readLabelTable } from './labelTable'
import { NumberRows } from './numberRows'
import { parseNumber } from './numberText'
import { factsOf, headBytes, type Reader, type RowSink } from './reader'
import { isText, firstRows } from './textHead'

/** CSV and its relatives: an example a line, its pixels and perhaps a label, with or without a header. */
export const csvReader: Reader = {
  format: 'CSV',
  matches: (head, name) => /\.[ct]sv$/i.test(name) || (isText(head) && hasNumbers(head)),
  async read(file, sink, work, options) {
    if (options.role === 'labels') return readLabelTable(file, sink.part(null), work, options)
    const head = await file.read(0, headBytes)
    const dialect = dialectOf(head)
    const rows = sink.part(null)
    let csv: CsvRows | null = null
    for await (const record of csvRecords(file, work, dialect.delimiter)) {
      if (csv === null) {
        const header = isHeader(record.cells, dialect.decimalComma)
        const where = `${file.name}, line ${record.line}`
        const edge = () => findEdge(file, dialect, header, work)
        csv = new CsvRows(
          file.name,
          record,
          await csvColumns(record.cells, header, options, edge, file.name, where),
          rows,
          dialect,
        )
      }
      await csv.read(record)
    }
    if (csv === null || csv.count === 0) {
      throw refuse('NO_EXAMPLES', file.name, 'It holds no examples', 'Choose another file.')
    }
    await csv.flush()
    return csv.facts
  },
}

function hasNumbers(head: Uint8Array): boolean {
  const { delimiter, decimalComma } = dialectOf(head)
  return firstRows(head, (line) => line.split(delimiter)).some((cells) =>
    cells.some((cell) => isNumber(decimalComma ? cell.replace(',', '.') : cell)),
  )
}

/** Reads the outer columns of the whole file. */
async function findEdge(
  file: InputFile,
  dialect: Dialect,
  header: boolean,
  { signal }: Work,
): Promise<'first' | 'last'> {
  const [first, last] = [new EdgeColumn(), new EdgeColumn()]
  let left = header
  for await (const { cells } of csvRecords(file, { signal }, dialect.delimiter)) {
    if (left) left = false
    else {
      first.add(pointed(cells[0], dialect))
      last.add(pointed(cells[cells.length - 1], dialect))
    }
  }
  return labelEdge(first, last, file.name)
}

const pointed = (cell: string, { decimalComma }: Dialect): string => (decimalComma ? cell.replace(',', '.') : cell)

class CsvRows {
  count = 0
  readonly #width: number
  readonly #rows: NumberRows
  readonly #skipped: ReadonlySet<number>
  readonly #skippedNames: readonly string[]
  #headerLeft: boolean

  /** @param first the first record, a header or not */
  constructor(
    private readonly name: string,
    { cells }: CsvRecord,
    readonly columns: CsvColumns,
    private readonly sink: RowSink,
    private readonly dialect: Dialect,
  ) {
    this.#width = cells.length
    this.#skipped = new Set(columns.skipped)
    this.#skippedNames = columns.skipped.map((position) => cells[position].trim())
    this.#rows = new NumberRows(sink, cells.length - columns.skipped.length - (columns.label === null ? 0 : 1), name)
    this.#headerLeft = columns.header
  }

  get facts() {
    const { header, label, labelName } = this.columns
    const { delimiter, decimalComma } = this.dialect
    return factsOf({
      recipe: { header, label: labelName, delimiter: delimiterName[delimiter], decimalComma },
      labelsFrom: label === null ? null : labelName,
      skipped: this.#skippedNames.map((name) => ({ what: `column ${name}`, why: 'it numbers the rows', n: 1 })),
      notices: decimalComma ? ['0,5 was read as a half: decimal commas.'] : [],
    })
  }

  async read({ cells, line }: CsvRecord): Promise<void> {
    if (this.#headerLeft) {
      this.#headerLeft = false
      return
    }
    let column = 0
    const where = () => `${this.name}, line ${line}${column > 0 ? `, column ${column}` : ''}`
    if (cells.length !== this.#width) {
      const message = `${cells.length} values, ${this.#width} expected`
      throw refuse('CSV_ROW', where(), message, 'Correct it; nothing was imported.')
    }
    const { label } = this.columns
    const { decimalComma } = this.dialect
    while (column < cells.length) {
      const at = column
      const cell = cells[column++]
      if (at === label) this.sink.labelText(cell, 'CSV_LABEL', where)
      else if (this.#skipped.size === 0 || !this.#skipped.has(at)) {
        this.#rows.value(parseNumber(decimalComma ? cell.replace(',', '.') : cell, 'CSV_VALUE', where))
      }
    }
    this.count++
    await this.#rows.endRow()
  }

  flush(): Promise<void> {
    return this.#rows.flush()
  }
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

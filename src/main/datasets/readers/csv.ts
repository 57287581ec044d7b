import { WorkbenchError } from '../../../shared/errors'
import { csvColumns, type CsvColumns } from './csvColumns'
import { csvRecords, firstRecords, type CsvRecord } from './csvText'
import { NumberRows } from './numberRows'
import { parseLabel, parseNumber } from './numberText'
import { headBytes, type Reader, type RowSink } from './reader'
import { isText } from './textHead'

/** CSV: an example a line, its pixels and a label, with or without a header. */
export const csvReader: Reader = {
  format: 'CSV',
  matches: (head, name) => /\.[ct]sv$/i.test(name) || (isText(head) && hasNumbers(firstRecords(head))),
  async read(file, sink, work, { labelsApart }) {
    const head = await file.read(0, headBytes)
    let rows: CsvRows | null = null
    for await (const record of csvRecords(file, head, work)) {
      rows ??= new CsvRows(file.name, record, sink, labelsApart)
      await rows.read(record)
    }
    if (rows === null || rows.count === 0) {
      throw refuse('NO_EXAMPLES', file.name, 'It holds no examples', 'Choose another file.')
    }
    await rows.flush()
    return { header: rows.columns.header, label: rows.columns.labelName }
  },
}

const hasNumbers = (records: readonly string[][]): boolean =>
  records.some((cells) => cells.length > 1 && cells.some((cell) => cell.trim() !== '' && !Number.isNaN(Number(cell))))

class CsvRows {
  count = 0
  readonly columns: CsvColumns
  readonly #width: number
  readonly #rows: NumberRows
  #headerLeft: boolean

  /** @param first the first record, a header or not */
  constructor(
    private readonly name: string,
    { cells, line }: CsvRecord,
    sink: RowSink,
    labelsApart: boolean,
  ) {
    this.columns = csvColumns(cells, labelsApart, `${name}, line ${line}`)
    this.#width = cells.length
    this.#rows = new NumberRows(sink, cells.length - (labelsApart ? 0 : 1), name)
    this.#headerLeft = this.columns.header
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
    while (column < cells.length) {
      const cell = cells[column++]
      if (column - 1 === label) this.#rows.label(parseLabel(cell, 'CSV_LABEL', where))
      else this.#rows.value(parseNumber(cell, 'CSV_VALUE', where))
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

import { WorkbenchError } from '../../../shared/errors'
import type { Work } from '../work'
import { blocksOf, copyAgain, type InputFile } from './inputFile'
import { linesOf } from './lines'
import { NumberRows } from './numberRows'
import { parseLabel, parseNumber } from './numberText'
import type { Reader, RowSink } from './reader'
import { firstRows, isText } from './textHead'

/** PLearn's comment with the numbers of rows and values. */
const sizeComment = /^#size:\s*(\d+)\s+(\d+)\s*$/

/**
 * .amat, PLearn's format (Larochelle et al. 2007): an example a line, its values and then its label, all numbers, with
 * spaces between; lines of comments start with #.
 */
export const amatReader: Reader = {
  format: 'amat',
  matches: (head, name) => /\.amat$/i.test(name) || (isText(head) && isNumbers(firstRows(head, splitValues))),
  async read(file, sink, work, { labelsApart }) {
    const rows = new AmatRows(file.name, sink, labelsApart)
    await readLines(file, work, (line, number) => rows.read(line, number))
    return rows.end()
  },
}

const isNumbers = (rows: readonly string[][]): boolean =>
  rows.length > 0 && rows.every(([first = '']) => first !== '' && !Number.isNaN(Number(first)))

const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d)

/** Values of a line. Not split(): it is half as fast, and this is where the time of an import goes. */
function splitValues(line: string): string[] {
  const values: string[] = []
  for (let at = 0; at < line.length;) {
    while (at < line.length && isSpace(line.charCodeAt(at))) at++
    const begin = at
    while (at < line.length && !isSpace(line.charCodeAt(at))) at++
    if (at > begin) values.push(line.slice(begin, at))
  }
  return values
}

async function readLines(
  file: InputFile,
  work: Work,
  read: (line: string, number: number) => Promise<void>,
): Promise<void> {
  for await (const { first, lines } of linesOf(blocksOf(file, work), file.name)) {
    for (const [index, line] of lines.entries()) await read(line, first + index)
  }
}

class AmatRows {
  #rows: NumberRows | null = null
  #count = 0
  #promised: { rows: number; values: number } | null = null
  /** Values of a line, with its label. */
  #values = 0

  constructor(
    private readonly name: string,
    private readonly sink: RowSink,
    private readonly labelsApart: boolean,
  ) {}

  async read(line: string, number: number): Promise<void> {
    if (line.startsWith('#')) return this.#comment(line)
    const values = splitValues(line)
    if (values.length === 0) return
    let column = 0
    const where = () => `${this.name}, line ${number}${column > 0 ? `, column ${column}` : ''}`
    const rows = (this.#rows ??= this.#start(values.length, where))
    if (values.length !== this.#values) throw this.#ragged(values.length, where)
    const pixels = this.labelsApart ? values.length : values.length - 1
    while (column < pixels) rows.value(parseNumber(values[column++], 'AMAT_VALUE', where))
    if (!this.labelsApart) rows.label(parseLabel(values[column++], 'AMAT_LABEL', where))
    this.#count++
    await rows.endRow()
  }

  async end(): Promise<{ label: string }> {
    await this.#rows?.flush()
    const { name } = this
    if (this.#count === 0) throw refuse('NO_EXAMPLES', name, 'It holds no examples', 'Choose another file.')
    if (this.#promised !== null && this.#promised.rows !== this.#count) {
      const [promised, found] = [this.#promised.rows, this.#count].map((value) => value.toLocaleString('en-US'))
      throw refuse('AMAT_ROWS', name, `${promised} rows promised, ${found} found`, copyAgain)
    }
    return { label: this.labelsApart ? 'none' : 'last value' }
  }

  #comment(line: string): void {
    const size = sizeComment.exec(line)
    if (size !== null) this.#promised = { rows: Number(size[1]), values: Number(size[2]) }
  }

  /** The first line, or the comment before it, says how many values all have. */
  #start(values: number, where: () => string): NumberRows {
    this.#values = this.#promised?.values ?? values
    if (values !== this.#values) throw this.#ragged(values, where)
    return new NumberRows(this.sink, values - (this.labelsApart ? 0 : 1), this.name)
  }

  #ragged(values: number, where: () => string): WorkbenchError {
    const message = `${values} values, ${this.#values} expected`
    return refuse('AMAT_ROW', where(), message, 'Correct it; nothing was imported.')
  }
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

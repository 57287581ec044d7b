import { WorkbenchError } from '../../../shared/errors'
import type { Work } from '../work'
import { blocksOf, copyAgain, type InputFile } from './inputFile'
import { linesOf } from './lines'
import { NumberRows } from './numberRows'
import { parseLabel, parseNumber } from './numberText'
import { factsOf, type ReadFacts, type Reader, type RowSink } from './reader'
import { isText } from './textHead'

/** PLearn's comment with the numbers of rows and values. */
const sizeComment = /^#size:\s*(\d+)\s+(\d+)\s*$/
const sizeLine = /^#size:\s*\d+\s+\d+\s*$/m

const latin1 = (head: Uint8Array): string => Buffer.from(head).toString('latin1')

/**
 * .amat, PLearn's format (Larochelle et al. 2007): an example a line, its values and then its label, all numbers, with
 * spaces between; lines of comments start with #. Known by its name or by PLearn's comment: other texts of numbers say
 * nothing of labels.
 */
export const amatReader: Reader = {
  format: 'amat',
  matches: (head, name) =>
    /\.amat(\.gz)?$/i.test(name) || (!/\.[ct]sv$/i.test(name) && isText(head) && sizeLine.test(latin1(head))),
  async read(file, sink, work, { role }) {
    const rows = new AmatRows(file.name, sink.part(null), role === 'images')
    await readLines(file, work, (line, number) => rows.read(line, number))
    return rows.end()
  },
}

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

  async end(): Promise<ReadFacts> {
    await this.#rows?.flush()
    const { name } = this
    if (this.#count === 0) throw refuse('NO_EXAMPLES', name, 'It holds no examples', 'Choose another file.')
    if (this.#promised !== null && this.#promised.rows !== this.#count) {
      const [promised, found] = [this.#promised.rows, this.#count].map((value) => value.toLocaleString('en-US'))
      throw refuse('AMAT_ROWS', name, `${promised} rows promised, ${found} found`, copyAgain)
    }
    const label = this.labelsApart ? 'none' : 'last value'
    return factsOf({ recipe: { label }, labelsFrom: this.labelsApart ? null : label, scale: 'keep' })
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

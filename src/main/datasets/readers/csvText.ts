import { Readable, pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { WorkbenchError } from '../../../shared/errors'
import type { Work } from '../work'
import { splitLine, type Dialect } from './csvDialect'
import { blocksOf, type InputFile } from './inputFile'
import { checkLine, linesOf, longestLine, type Lines } from './lines'

/** A record of a CSV file: its cells, and the line on which it ends. */
export interface CsvRecord {
  cells: string[]
  line: number
}

const common = { bom: true, relax_column_count: true, skip_empty_lines: true, comment: '#', comment_no_infix: true }

/**
 * All records of a CSV file: UTF-8 with or without a byte order mark, lines with any end, cells in quotes or not. Lines
 * that begin with # are comments.
 * @throws CSV_DAMAGED, LINE_TOO_LONG
 */
export async function* csvRecords(
  file: InputFile,
  work: Work,
  delimiter: Dialect['delimiter'],
): AsyncGenerator<CsvRecord> {
  const batches = linesOf(blocksOf(file, work), file.name)
  for await (const { first, lines } of batches) {
    for (const [index, line] of lines.entries()) {
      if (line.includes('"')) {
        // From here on cells may be quoted and span lines. Files of numbers have no quotes: splitting is ten times faster.
        const rest = joined(lines.slice(index), batches)
        return yield* quotedRecords(file.name, first + index - 1, delimiter, rest)
      }
      if (line !== '' && !line.startsWith('#')) {
        yield { cells: splitLine(decoded(line), delimiter), line: first + index }
      }
    }
  }
}

/** Lines have a character a byte. */
const decoded = (line: string): string =>
  /[\x80-\xff]/.test(line) ? Buffer.from(line, 'latin1').toString('utf8') : line

async function* joined(begun: readonly string[], batches: AsyncGenerator<Lines>): AsyncGenerator<Uint8Array> {
  const bytes = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`, 'latin1')
  yield bytes(begun)
  for await (const { lines } of batches) yield bytes(lines)
}

/** @param before lines before the first of these */
async function* quotedRecords(
  name: string,
  before: number,
  delimiter: Dialect['delimiter'],
  text: AsyncIterable<Uint8Array>,
): AsyncGenerator<CsvRecord> {
  // The parser runs ahead of who takes its records: where it stands is told by itself.
  let parsed = before
  const numbered = (cells: string[], { lines }: { lines: number }): CsvRecord => {
    parsed = before + lines
    // White space divides once, however long it is.
    return { cells: delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells, line: parsed }
  }
  const parser = parse({ ...common, delimiter, max_record_size: longestLine, on_record: numbered as never })
  // An error of either end is thrown by the loop.
  pipeline(Readable.from(text), parser, () => undefined)
  try {
    for await (const record of parser as AsyncIterable<CsvRecord>) yield record
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const begun = `${name}, line ${parsed + 1}`
    if (error.code === 'CSV_MAX_RECORD_SIZE') checkLine(Infinity, begun)
    const [, line] = /line (\d+)/.exec(error.message) ?? []
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED' || line === undefined
    throw new WorkbenchError('CSV_DAMAGED', error.message.replace(/[:.,]? (at|on) line \d+.*$/, ''), {
      where: isOpen ? begun : `${name}, line ${before + Number(line)}`,
      remedy: 'Correct it; nothing was imported.',
    })
  }
}

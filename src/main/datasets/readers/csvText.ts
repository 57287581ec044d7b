import { Readable, pipeline } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { parse as parseSync } from 'csv-parse/sync'
import { WorkbenchError } from '../../../shared/errors'
import type { Work } from '../work'
import { blocksOf, type InputFile } from './inputFile'
import { checkLine, longestLine } from './lines'

/** A record of a CSV file: its cells, and the line on which it ends. */
export interface CsvRecord {
  cells: string[]
  line: number
}

const delimiters = [',', ';', '\t'] as const
/** As much as is parsed without letting the process answer others. */
const sliceBytes = 64 * 1024

/** The character that divides the cells: the one that the first line has most often. */
function delimiterOf(head: Uint8Array): string {
  const text = new TextDecoder().decode(head).trimStart()
  const line = (/^.*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => line.split(delimiter).length
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

const common = { bom: true, relax_column_count: true, skip_empty_lines: true }

/** The first records of a file, as far as they can be read. */
export function firstRecords(head: Uint8Array): string[][] {
  try {
    return parseSync(Buffer.from(head), { ...common, delimiter: delimiterOf(head), to: 2, relax_quotes: true })
  } catch {
    return []
  }
}

/**
 * All records of a CSV file: UTF-8 with or without a byte order mark, CRLF or LF, cells in quotes or not.
 * @param head the file's first bytes
 * @throws CSV_DAMAGED, LINE_TOO_LONG
 */
export async function* csvRecords(file: InputFile, head: Uint8Array, work: Work): AsyncGenerator<CsvRecord> {
  const parser = parse({ ...common, delimiter: delimiterOf(head), max_record_size: longestLine, info: true })
  // An error of either end is thrown by the loop.
  pipeline(Readable.from(slices(file, work)), parser, () => undefined)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { cells: record, line: info.lines }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const where = `${file.name}, line ${String(error['lines'] ?? parser.info.lines)}`
    if (error.code === 'CSV_MAX_RECORD_SIZE') checkLine(Infinity, where)
    throw new WorkbenchError('CSV_DAMAGED', error.message.replace(/[:.]? at line \d+.*$/, ''), {
      where,
      remedy: 'Correct it; nothing was imported.',
    })
  }
}

async function* slices(file: InputFile, work: Work): AsyncGenerator<Uint8Array> {
  for await (const block of blocksOf(file, work)) {
    for (let at = 0; at < block.length; at += sliceBytes) {
      yield block.subarray(at, at + sliceBytes)
      await setImmediate()
    }
  }
}

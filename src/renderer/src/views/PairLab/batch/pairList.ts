import { parse } from 'csv-parse/browser/esm/sync'
import { toErrorData, WorkbenchError, type ErrorData } from '../../../../../shared/errors'

/** A row of a list of pairs: paths of images, relative to the list. */
export interface ListedPair {
  x: string
  /** null where models take one image. */
  y: string | null
  /** The list and the row's line. */
  where: string
  /** Why the row names no pair. */
  error: ErrorData | null
}

/** Largest list that is read. */
const largestList = 16 * 1024 * 1024

const refuse = (code: string, message: string, where: string): WorkbenchError =>
  new WorkbenchError(code, message, {
    where,
    remedy: 'The header is x,y; each row names the two images of a pair, relative to the list.',
  })

interface CsvRow {
  record: Record<string, string>
  info: { lines: number }
}

/**
 * Reads a CSV file with the header x,y (y may be left out for models of one image). A row without its images is told in
 * its place.
 * @throws WorkbenchError CSV_UNREADABLE, CSV_COLUMNS
 */
export async function readPairNames(file: File, pairs: boolean): Promise<ListedPair[]> {
  if (file.size > largestList) throw refuse('CSV_UNREADABLE', 'A list may have 16 MiB', file.name)
  const text = await file.text()
  const columns = (header: string[]) => header.map((name) => name.trim().toLowerCase())
  let rows: CsvRow[]
  try {
    rows = parse(text, {
      columns,
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as CsvRow[]
  } catch (cause) {
    throw refuse('CSV_UNREADABLE', (cause as Error).message, file.name)
  }
  const [first] = rows
  if (first === undefined) throw refuse('CSV_COLUMNS', 'There is no pair in it', file.name)
  if (!('x' in first.record) || (pairs && !('y' in first.record))) {
    throw refuse('CSV_COLUMNS', `No column "${'x' in first.record ? 'y' : 'x'}"`, `${file.name}, line 1`)
  }
  return rows.map(({ record: { x = '', y = '' }, info }) => {
    const where = `${file.name}, line ${info.lines}`
    const missing = x === '' || (pairs && y === '')
    const error = missing ? toErrorData(refuse('PAIR_ROW', 'A path is missing', where)) : null
    return { x, y: pairs ? y : null, where, error }
  })
}

/** How a table in a text is written. */
export interface Dialect {
  /** Between cells; a space stands for any white space. */
  delimiter: ',' | ';' | '\t' | ' '
  /** 0,5 is a half. */
  decimalComma: boolean
}

const delimiters = [',', ';', '\t', ' '] as const
/** Lines that are looked at. */
const fewLines = 20

const commaNumber = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i

export const isNumber = (cell: string): boolean => cell.trim() !== '' && !Number.isNaN(Number(cell))

const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1')

export const splitLine = (line: string, delimiter: Dialect['delimiter']): string[] =>
  delimiter === ' ' ? line.trim().split(/\s+/) : line.split(delimiter)

/** Lines of a file's first bytes that hold data, the last one only where it is whole or alone. */
function firstLines(head: Uint8Array): string[] {
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  const lines = text.split(/\r\n|\n|\r/)
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines
  return whole.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, fewLines)
}

/** The dialect by which the most cells are numbers; among equals, the one with the most columns. */
export function dialectOf(head: Uint8Array): Dialect {
  const lines = firstLines(head)
  const measured = delimiters.map((delimiter) => {
    const rows = lines.map((line) => splitLine(hidden(line, delimiter), delimiter).map(unquoted))
    const body = rows.length > 1 ? rows.slice(1) : rows
    const cells = body.flat()
    const numbers = cells.filter((cell) => isNumber(cell) || (delimiter !== ',' && commaNumber.test(cell))).length
    const decimalComma = delimiter !== ',' && cells.some((cell) => commaNumber.test(cell))
    const columns = rows[0]?.length ?? 1
    return { delimiter, decimalComma, share: numbers / Math.max(1, cells.length), columns }
  })
  const { delimiter, decimalComma } = measured.reduce((best, next) =>
    next.share > best.share || (next.share === best.share && next.columns > best.columns && next.delimiter !== ' ')
      ? next
      : best,
  )
  return { delimiter, decimalComma }
}

/** What stands in quotes divides nothing. */
const hidden = (line: string, delimiter: string): string =>
  line.includes('"') ? line.replace(/"[^"]*"/g, (quoted) => quoted.replaceAll(delimiter, '_')) : line

/** The name of a delimiter, as a statement has it. */
export const delimiterName: Record<Dialect['delimiter'], string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  ' ': 'white space',
}

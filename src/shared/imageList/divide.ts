import { isImageName } from '../imageNames'

/** What stands between the cells of a list: one of these, or white space; null: a cell a line. */
export type Delimiter = '\t' | ';' | ',' | 'space' | null

export interface ListLine {
  text: string
  /** Counted from 1. */
  line: number
}

export interface DividedLine {
  cells: string[]
  /** A quote is opened and never closed. */
  open: boolean
}

/** A text in UTF-8, or else in the code page of Western Windows. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Lines that say something; "# ..." is a comment. */
export const linesOf = (text: string): ListLine[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ text: line, line: index + 1 }))
    .filter(({ text: line }) => line.trim() !== '' && !line.startsWith('# '))

/** Cells without the white space around them; one in double quotes may hold anything, a quote as two. */
export function divide(text: string, delimiter: Delimiter): DividedLine {
  const cells: string[] = []
  const ends = (character: string): boolean => (delimiter === 'space' ? /\s/.test(character) : character === delimiter)
  let at = 0
  for (;;) {
    while (at < text.length && /\s/.test(text[at]) && text[at] !== delimiter) at++
    if (at === text.length && (delimiter === 'space' || delimiter === null)) return { cells, open: false }
    let cell = ''
    if (text[at] === '"') {
      const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at))
      if (quoted === null) return { cells: [...cells, text.slice(at)], open: true }
      cell = quoted[1].replaceAll('""', '"')
      at += quoted[0].length
    }
    const from = at
    while (at < text.length && !ends(text[at])) at++
    cells.push(`${cell}${text.slice(from, at).trimEnd()}`)
    if (at >= text.length) return { cells, open: false }
    at++
  }
}

/** Lines that are looked at. */
const looked = 100
const candidates = ['\t', ';', ','] as const

interface Division {
  delimiter: Delimiter
  /** Cells of most lines. */
  width: number
  /** Share of the lines that have as many. */
  fits: number
  /** Share of each column's cells that are called like an image, without the first line. */
  images: number[]
}

function division(lines: readonly ListLine[], delimiter: Delimiter): Division {
  const rows = lines.slice(0, looked).map(({ text }) => divide(text, delimiter).cells)
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [width, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])
  const whole = rows.filter(({ length }) => length === width)
  const body = whole.length > 1 ? whole.slice(1) : whole
  const images = Array.from(
    { length: width },
    (_, column) => body.filter((cells) => isImageName(cells[column])).length / body.length,
  )
  return { delimiter, width, fits: count / rows.length, images }
}

const most = 0.8

/**
 * What divides the cells: what leaves the most cells that are called like images; names may hold commas and spaces.
 * @param isHeader whether cells are words of a header
 */
export function delimiterOf(lines: readonly ListLine[], isHeader: (cells: readonly string[]) => boolean): Delimiter {
  const headed = (delimiter: Delimiter) => lines.length > 0 && isHeader(divide(lines[0].text, delimiter).cells)
  const fitting = candidates
    .map((delimiter) => division(lines, delimiter))
    .filter(({ delimiter, width, images }) => width > 1 && (images[0] >= most || headed(delimiter)))
  const value = ({ images, fits }: Division) => fits * (images.reduce((sum, share) => sum + share, 0) / images.length)
  const spaced = division(lines, 'space')
  const bySpace = spaced.width === 2 && spaced.fits >= most && (headed('space') || Math.min(...spaced.images) >= most)
  if (fitting.length === 0) return bySpace ? 'space' : null
  return fitting.reduce((best, one) => (value(one) > value(best) ? one : best)).delimiter
}

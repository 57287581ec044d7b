import { WorkbenchError } from '../../../shared/errors'

/** Longest line that is read, in characters. */
export const longestLine = 8 * 1024 * 1024

/** UTF-8's, in latin1. */
const byteOrderMark = '\xef\xbb\xbf'

/** Some lines of a text, without their ends. */
export interface Lines {
  /** Number of the first one, counted from 1. */
  first: number
  lines: string[]
}

/** @throws LINE_TOO_LONG */
export function checkLine(length: number, where: string): void {
  if (length <= longestLine) return
  throw new WorkbenchError(
    'LINE_TOO_LONG',
    `The line is longer than ${longestLine.toLocaleString('en-US')} characters`,
    {
      where,
      remedy: 'Write one example a line; nothing was imported.',
    },
  )
}

/**
 * Lines that end with LF, CRLF or (old Macintosh files) CR alone, the last one with or without. One character is one byte: readers of numbers look at
 * ASCII alone.
 * @throws LINE_TOO_LONG
 */
export async function* linesOf(blocks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Lines> {
  let first = 1
  let begun: string[] = []
  let begunLength = 0
  let end: LineEnd | null = null
  for await (const block of blocks) {
    let text = Buffer.from(block.buffer, block.byteOffset, block.length).toString('latin1')
    if (first === 1 && begun.length === 0 && text.startsWith(byteOrderMark)) text = text.slice(byteOrderMark.length)
    end ??= lineEnd(text)
    const at = end === null ? -1 : text.lastIndexOf(end)
    const line = at < 0 ? text : text.slice(0, at)
    begun.push(line)
    begunLength += line.length
    if (at >= 0) {
      const lines = split(begun.join(''), end)
      yield { first, lines }
      first += lines.length
      begun = [text.slice(at + 1)]
      begunLength = begun[0].length
    } else checkLine(begunLength, `${name}, line ${first}`)
  }
  if (begunLength > 0) yield { first, lines: split(begun.join(''), end) }
}

type LineEnd = '\n' | '\r'

/** By the first end in a text; null where it has none yet. A CR at its end may be half of a CRLF. */
function lineEnd(text: string): LineEnd | null {
  const at = text.search(/[\r\n]/)
  if (at < 0) return null
  return text[at] === '\r' && at + 1 < text.length && text[at + 1] !== '\n' ? '\r' : '\n'
}

const split = (text: string, end: LineEnd | null): string[] =>
  text.split(end ?? '\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))

/** Characters that no text file has: control characters other than tab, line feed, form feed, carriage return. */
const control = /[\x00-\x08\x0e-\x1f\x7f]/

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Whether a file's first bytes may be a text in ASCII or UTF-8. */
export const isText = (head: Uint8Array): boolean => head.length > 0 && !control.test(latin1(head))

/** Rows at the beginning of a text file that look alike in every format: comments and blank lines are left out. */
const shownRows = 2

/** The first rows of a text, divided. The last line counts only where it is whole, or the only one. */
export function firstRows(head: Uint8Array, divide: (line: string) => string[]): string[][] {
  const lines = latin1(head)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return lines.slice(0, shownRows).map(divide)
}

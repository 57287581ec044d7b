import { asWorkbenchError, errorLine } from '../../shared/errors'

/** Where a command writes: one JSON document, or text for people. */
export class Output {
  constructor(readonly json: boolean) {}

  /** The command's one document on stdout; `text` is what people read instead. */
  result(document: unknown, text: string): void {
    process.stdout.write(this.json ? `${JSON.stringify(document)}\n` : `${text}\n`)
  }

  /** A remark that belongs to no document. */
  note(text: string): void {
    process.stderr.write(this.json ? `${JSON.stringify({ note: text })}\n` : `${text}\n`)
  }

  /** Shows the error as the last line of stderr. @returns the exit code */
  error(error: unknown): number {
    const known = asWorkbenchError(error)
    const data = known.toData()
    process.stderr.write(this.json ? `${JSON.stringify({ error: data })}\n` : `${errorLine(data)}\n`)
    return known.exit
  }
}

/** Columns padded to their widest cell. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

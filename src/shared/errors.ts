import { z } from 'zod'

/** An error as data: what, where, remedy, code. The same object on stderr (`--json`), in the store and on screen. */
export const errorDataSchema = z.object({
  code: z.string(),
  message: z.string(),
  where: z.string().nullable(),
  remedy: z.string().nullable(),
})
export type ErrorData = z.infer<typeof errorDataSchema>

/** How the command line ends: 1 the work failed, 2 bad usage or bad input, 130 cancelled. */
export type ExitCode = 1 | 2 | 130

export interface ErrorDetails {
  where?: string | null
  remedy?: string | null
  exit?: ExitCode
  cause?: unknown
}

/** The one error class that users read. Made where the cause is known, shown once. */
export class WorkbenchError extends Error {
  readonly code: string
  readonly where: string | null
  readonly remedy: string | null
  readonly exit: ExitCode

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.name = 'WorkbenchError'
    this.code = code
    this.where = details.where ?? null
    this.remedy = details.remedy ?? null
    this.exit = details.exit ?? 2
  }

  toData(): ErrorData {
    return { code: this.code, message: this.message, where: this.where, remedy: this.remedy }
  }
}

/** No room on the disk, in the user's quota, or under the process's limit of a file; the last as SQLite says it. */
const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL']

export const isDiskFull = (error: unknown): boolean =>
  fullCodes.includes((error as { code?: string } | null | undefined)?.code ?? '')

/** @param where the file or folder that could not grow */
export const diskFull = (where: string, cause: unknown): WorkbenchError =>
  new WorkbenchError('DISK_FULL', 'No space is left on the disk', {
    where,
    remedy:
      'Free some space and try again: what was stored before is kept, and a run resumes from its last checkpoint.',
    exit: 1,
    cause,
  })

const databaseBusy = (cause: unknown): WorkbenchError =>
  new WorkbenchError('DATABASE_BUSY', 'Another process has held the database for too long', {
    where: 'the data folder',
    remedy: 'See whether another gae-workbench hangs or was stopped; end it and try again.',
    exit: 1,
    cause,
  })

/** What V8, a typed array and onnxruntime say where there is no memory. */
const noMemory =
  /array buffer allocation failed|invalid (typed )?array length|bad_?alloc|failed to allocate memory|out of memory/i

const outOfMemory = (cause: Error): WorkbenchError =>
  new WorkbenchError('MEMORY', `There is not enough memory (${cause.message})`, {
    remedy: 'End other programs, or use a smaller model, batchSize or dataset.',
    exit: 1,
    cause,
  })

/** Any thrown value as error data; an unforeseen one keeps its message under the code INTERNAL. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof WorkbenchError) return error.toData()
  if (isDiskFull(error)) return diskFull((error as { path?: string }).path ?? 'the data folder', error).toData()
  if ((error as { code?: string } | null | undefined)?.code === 'SQLITE_BUSY') return databaseBusy(error).toData()
  if (error instanceof Error && noMemory.test(error.message)) return outOfMemory(error).toData()
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL', message, where: null, remedy: 'Report this with the log of Settings, About.' }
}

/** A message with its full stop. */
export const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`)

/** One line: where: what. Remedy. [CODE] */
export function errorLine({ code, message, where, remedy }: ErrorData): string {
  const head = where === null ? '' : `${where}: `
  return `${head}${sentence(message)}${remedy === null ? '' : ` ${remedy}`} [${code}]`
}

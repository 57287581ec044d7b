import { z } from 'zod'
import { systemRefusal } from './systemErrors'

/** An error as data: what, where, remedy, code. The same object on stderr (`--json`), in the store and on screen. */
export const errorDataSchema = z.object({
  code: z.string(),
  message: z.string(),
  where: z.string().nullable(),
  remedy: z.string().nullable(),
  /** Options of the command line, each of which is a way out. */
  choices: z.array(z.string()).optional(),
})
export type ErrorData = z.infer<typeof errorDataSchema>

/** How the command line ends: 1 the work failed, 2 bad usage or bad input, 130 cancelled. */
export type ExitCode = 1 | 2 | 130

export interface ErrorDetails {
  where?: string | null
  remedy?: string | null
  choices?: string[]
  exit?: ExitCode
  cause?: unknown
}

/** The one error class that users read. Made where the cause is known, shown once. */
export class WorkbenchError extends Error {
  readonly code: string
  readonly where: string | null
  readonly remedy: string | null
  readonly choices: string[] | undefined
  readonly exit: ExitCode

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.name = 'WorkbenchError'
    this.code = code
    this.where = details.where ?? null
    this.remedy = details.remedy ?? null
    this.choices = details.choices
    this.exit = details.exit ?? 2
  }

  toData(): ErrorData {
    const { code, message, where, remedy, choices } = this
    return { code, message, where, remedy, ...(choices && { choices }) }
  }
}

/** No room on the disk, in the user's quota, or under the process's limit of a file. */
export const isDiskFull = (error: unknown): boolean => systemRefusal(error)?.code === 'DISK_FULL'

/** Another program holds the lock of the database. */
export const isLocked = (error: unknown): boolean => systemRefusal(error)?.code === 'DATABASE_BUSY'

/** What V8, a typed array and onnxruntime say where there is no memory. */
const noMemory =
  /array buffer allocation failed|invalid (typed )?array length|bad_?alloc|failed to allocate memory|out of memory/i

const outOfMemory = (cause: Error): WorkbenchError =>
  new WorkbenchError('MEMORY', `There is not enough memory (${cause.message})`, {
    remedy: 'End other programs, or use a smaller model, batchSize or dataset.',
    exit: 1,
    cause,
  })

/** Of a program that is loaded as it is needed. */
const missingPart = (cause: unknown): WorkbenchError =>
  new WorkbenchError('ERR_MODULE_NOT_FOUND', 'A part of the program is missing', {
    remedy: 'Run npm ci, which installs and builds it.',
    exit: 1,
    cause,
  })

/**
 * What the system refused, as an error that names the place; null where it was not the system.
 * @param where the file or folder, as the user knows it
 * @param remedy in the place of the usual one
 */
export function systemError(error: unknown, where: string, remedy?: string): WorkbenchError | null {
  const refusal = systemRefusal(error)
  if (refusal === null) return null
  const { code, message, exit } = refusal
  return new WorkbenchError(code, message, { where, remedy: remedy ?? refusal.remedy, exit, cause: error })
}

/** Any thrown value as an error for users; an unforeseen one keeps its message under the code INTERNAL. */
export function asWorkbenchError(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error
  const { path = 'the data folder', code } = (error ?? {}) as { path?: string; code?: string }
  if (code === 'ERR_MODULE_NOT_FOUND') return missingPart(error)
  if (error instanceof Error && noMemory.test(error.message)) return outOfMemory(error)
  const message = error instanceof Error ? error.message : String(error)
  const remedy = 'Report this with the log of Settings, About.'
  return systemError(error, path) ?? new WorkbenchError('INTERNAL', message, { remedy, exit: 1, cause: error })
}

export const toErrorData = (error: unknown): ErrorData => asWorkbenchError(error).toData()

/** A message with its full stop. */
export const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`)

/** One line: where: what. Remedy. [CODE] */
export function errorLine({ code, message, where, remedy }: ErrorData): string {
  const head = where === null ? '' : `${where}: `
  return `${head}${sentence(message)}${remedy === null ? '' : ` ${remedy}`} [${code}]`
}

import type { TRPCError } from '@trpc/server'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { unchanged } from '../../shared/codec'
import { WorkbenchError, toErrorData, type ErrorData } from '../../shared/errors'
import type { PipeLog } from './refusal'

/** Leave to read single files by path, given by the user's own hand (a drop, a dialog). A browser has none to give. */
export interface PathGrants {
  has(path: string): boolean
  /** Uses the leave up. */
  take(path: string): boolean
}

/** What every procedure gets: the workbench, and what is particular to the connection. */
export interface Context {
  /** By noun and act; the acts know the types (see `Workbench`). */
  workbench: Record<string, Record<string, (input: never, signal: AbortSignal) => unknown>>
  grants: PathGrants
  /** Resolves when the other end has worked off what it was sent, so that a slow reader is not drowned. */
  drained(): Promise<void>
  log: PipeLog
  /** Of the other end, for the log; null for the desktop's window. */
  address: string | null
}

const noSuchCall: ErrorData = {
  code: 'NO_SUCH_CALL',
  message: 'The workbench has no such call',
  where: null,
  remedy: 'Load the page anew; it may be older than the workbench.',
}

/** What tRPC itself refuses, by its code. Its own messages repeat what was sent. */
const refusedCalls: Record<string, ErrorData> = {
  PARSE_ERROR: { ...noSuchCall, code: 'FRAME_MALFORMED', message: 'A message is not of this protocol' },
  BAD_REQUEST: { ...noSuchCall, code: 'BAD_REQUEST', message: 'A message cannot be answered' },
  NOT_FOUND: noSuchCall,
  METHOD_NOT_SUPPORTED: noSuchCall,
}

/** The first fault of an input, with its place. */
function inputFault({ issues }: z.ZodError): ErrorData {
  const [issue] = issues
  const where = issue === undefined || issue.path.length === 0 ? null : issue.path.join('.')
  return {
    code: 'BAD_REQUEST',
    message: issue?.message ?? 'unreadable',
    where,
    remedy: 'Correct the named field.',
  }
}

/** The error's data, as the renderer gets it beside tRPC's own shape. */
function errorData(error: TRPCError): ErrorData {
  if (error.cause instanceof WorkbenchError) return error.cause.toData()
  if (error.cause instanceof z.ZodError) return inputFault(error.cause)
  return refusedCalls[error.code] ?? toErrorData(error.cause ?? error)
}

/** Errors of the workbench that say no to the caller rather than tell how its wish went. */
const refusals = ['FRAME_TOO_LARGE', 'FRAME_MALFORMED', 'PATH_NOT_GRANTED']

/** Only a call that got as far as its input has a name that is one of ours. */
function tell({ log, address }: Context, error: TRPCError, path: string | undefined, { code }: ErrorData): void {
  const { cause } = error
  if (cause instanceof WorkbenchError && !refusals.includes(code)) return
  if (code === 'INTERNAL') return log.error(cause ?? error)
  const known = path !== undefined && (cause instanceof z.ZodError || code === 'PATH_NOT_GRANTED')
  log.refused({ reason: code, ...(known ? { call: path } : {}), ...(address === null ? {} : { address }) })
}

const t = initTRPC.context<Context>().create({
  transformer: unchanged,
  // No stack of ours leaves the process.
  isDev: false,
  // Every answered error passes here; tRPC's onError hears nothing of malformed frames.
  errorFormatter: ({ shape, error, path, ctx }) => {
    const workbench = errorData(error)
    if (ctx !== undefined) tell(ctx, error, path, workbench)
    return { ...shape, message: workbench.message, data: { ...shape.data, workbench } }
  },
})

export const makeRouter = t.router
export const procedure = t.procedure

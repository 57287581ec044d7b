import type { TRPCError } from '@trpc/server'
import { initTRPC } from '@trpc/server'
import { unchanged } from '../../shared/codec'
import { WorkbenchError, toErrorData, type ErrorData } from '../../shared/errors'
import type { Workbench } from './workbench'

/** Leave to read single files by path, given by the user's own hand (a drop, a dialog). A browser has none to give. */
export interface PathGrants {
  has(path: string): boolean
  /** Uses the leave up. */
  take(path: string): boolean
}

/** What every procedure gets: the workbench, and what is particular to the connection. */
export interface Context {
  workbench: Workbench
  grants: PathGrants
  /** Resolves when the other end has worked off what it was sent, so that a slow reader is not drowned. */
  drained(): Promise<void>
}

/** The error's data, as the renderer gets it beside tRPC's own shape. */
const errorData = (error: TRPCError): ErrorData => {
  if (error.cause instanceof WorkbenchError) return error.cause.toData()
  if (error.code === 'BAD_REQUEST') {
    return { code: 'BAD_REQUEST', message: error.message, where: null, remedy: 'Correct the named field.' }
  }
  return toErrorData(error.cause ?? error)
}

const t = initTRPC.context<Context>().create({
  transformer: unchanged,
  errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, workbench: errorData(error) } }),
})

export const router = t.router
export const procedure = t.procedure

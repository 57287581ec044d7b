import { initTRPC, TRPCError } from '@trpc/server'
import { WorkbenchError, toErrorData, type ErrorData } from '../../shared/errors'
import type { Workbench } from './workbench'

export interface Context {
  workbench: Workbench
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
  errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, workbench: errorData(error) } }),
})

export const router = t.router
export const procedure = t.procedure

import { TRPCClientError } from '@trpc/client'
import { errorDataSchema, toErrorData, WorkbenchError, type ErrorData } from '../../../shared/errors'

/** Any failure of a call as error data: the workbench's own where it answered, else that it did not. */
export function errorData(error: unknown): ErrorData {
  if (!(error instanceof TRPCClientError)) return toErrorData(error)
  // Refused on this side already: a message too large to send.
  if (error.cause instanceof WorkbenchError) return error.cause.toData()
  const parsed = errorDataSchema.safeParse((error.data as { workbench?: unknown } | null | undefined)?.workbench)
  if (parsed.success) return parsed.data
  return {
    code: 'NO_ANSWER',
    message: `The workbench did not answer: ${error.message}`,
    where: null,
    remedy: 'See whether it still runs; this window connects again by itself.',
  }
}

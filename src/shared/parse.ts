import type { z } from 'zod'
import { WorkbenchError } from './errors'

/**
 * Parses hostile input by its schema; the first fault becomes one line that names the place.
 * @param where file or command that the input came from
 * @throws WorkbenchError BAD_INPUT
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, where: string): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue === undefined || issue.path.length === 0 ? where : `${where}, ${issue.path.join('.')}`
  throw new WorkbenchError('BAD_INPUT', issue?.message ?? 'unreadable', {
    where: place,
    remedy: 'Correct it and try again.',
  })
}

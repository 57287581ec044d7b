import { z } from 'zod'
import { procedure, type Context } from './trpc'

/** What an act without input takes. */
export const nothing = z.void()

/** A procedure that calls a method of the workbench knows the method's type; there is no such value. */
export interface Calls<Method> {
  readonly calls?: Method
}

/** What a noun's acts ask of whoever carries them out: a method each. Each may throw a WorkbenchError. */
export type ApiOf<Acts extends Record<string, Calls<unknown>>> = {
  [Act in keyof Acts]: NonNullable<Acts[Act]['calls']>
}

/** The signal aborts when the caller leaves or takes the call back. */
type Ask<Input, Answer> = (input: Input, signal?: AbortSignal) => Promise<Answer>
type Follow<Input, Event> = (input: Input, signal: AbortSignal) => AsyncIterable<Event>

interface Call {
  ctx: Context
  path: string
  input: unknown
  signal: AbortSignal | undefined
}

/** The procedure `runs.get` calls the method `get` of the workbench's `runs`. */
function carryOut({ ctx, path, input, signal }: Call): unknown {
  const [noun, act] = path.split('.') as [string, string]
  return ctx.workbench[noun]![act]!(input as never, signal ?? new AbortController().signal)
}

/** An act that changes nothing. */
export const query = <Schema extends z.ZodType>(takes: Schema) => ({
  gives: <Answer>() => {
    const act = procedure.input(takes).query((call) => carryOut(call) as Promise<Answer>)
    return act as typeof act & Calls<Ask<z.output<Schema>, Answer>>
  },
})

/** @param allow throws where this caller may not ask for this */
export const mutation = <Schema extends z.ZodType>(
  takes: Schema,
  allow: (input: z.output<Schema>, caller: Context) => void = () => undefined,
) => ({
  gives: <Answer>() => {
    const act = procedure.input(takes).mutation((call) => {
      allow(call.input as z.output<Schema>, call.ctx)
      return carryOut(call) as Promise<Answer>
    })
    return act as typeof act & Calls<Ask<z.output<Schema>, Answer>>
  },
})

/** An act that tells for as long as there is a reader, as fast as that one reads. */
export const stream = <Schema extends z.ZodType>(takes: Schema) => ({
  gives: <Event>() => {
    const act = procedure.input(takes).subscription(async function* (call) {
      for await (const event of carryOut(call) as AsyncIterable<Event>) {
        yield event
        await call.ctx.drained()
      }
    })
    return act as typeof act & Calls<Follow<z.output<Schema>, Event>>
  },
})

import { z } from 'zod'
import { errorDataSchema } from '../../shared/errors'

/** What the bench child is told, one at a time; it answers each with one `BenchAnswer`. */
export const benchRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), engine: z.string(), device: z.string(), threads: z.int().positive() }),
  z.object({ type: z.literal('product'), times: z.int().positive() }),
  /** A chunk of `steps` steps for each of `models` models, one after another. */
  z.object({ type: z.literal('train'), models: z.int().positive(), steps: z.int().positive() }),
  /** A chunk of `steps` steps of all weights of a ten-class classifier. */
  z.object({ type: z.literal('finetune'), steps: z.int().positive() }),
])
export type BenchRequest = z.infer<typeof benchRequestSchema>

export const benchAnswerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), milliseconds: z.number() }),
  z.object({ type: z.literal('failed'), error: errorDataSchema }),
])
export type BenchAnswer = z.infer<typeof benchAnswerSchema>

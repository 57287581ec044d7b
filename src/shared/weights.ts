import { z } from 'zod'
import { bytesSchema } from './arrays'
import { nameSchema } from './spec/schema'
import { modelKindSchema } from './kinds'

/** Weights that were trained elsewhere: an .npz with the names and shapes of docs/theory.md. */
export const importWeightsSchema = z.strictObject({
  /** Names the file in errors. */
  file: z.string().min(1).max(1024),
  bytes: bytesSchema,
  /** Of the run that will hold them. */
  name: nameSchema,
  /** Where the file does not say it. */
  kind: modelKindSchema.optional(),
})
export type ImportWeights = z.infer<typeof importWeightsSchema>

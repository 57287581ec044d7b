import { z } from 'zod'
import { imageShapeSchema } from '../../../shared/datasets'

/** What `datasets export` writes beside its arrays. */
const descriptionSchema = z.object({
  kind: z.enum(['images', 'pairs']),
  shape: imageShapeSchema,
  targetShape: imageShapeSchema.nullable(),
  classes: z.array(z.string()).nullable(),
})
export type OwnDescription = z.infer<typeof descriptionSchema>

/** Null for a text that is none of ours. */
export function ownDescription(text: string): OwnDescription | null {
  try {
    return descriptionSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

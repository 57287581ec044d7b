import { z } from 'zod'
import { importRequestSchema, splitNameSchema } from '../../shared/datasets'
import { generateRequestSchema } from '../../shared/generators'
import { nameSchema } from '../../shared/spec/schema'
import { requireGrants } from './grants'
import { procedure, router } from './trpc'

const reference = z.strictObject({ dataset: z.string().min(1).max(200) })

const part = {
  dataset: z.string().min(1).max(200),
  split: splitNameSchema,
  /** Index of a class, to see its images alone. */
  class: z.int().nonnegative().nullable().default(null),
}

export const datasetsRouter = router({
  list: procedure
    .input(z.strictObject({ deleted: z.boolean().default(false) }).prefault({}))
    .query(({ ctx, input }) => ctx.workbench.datasets.list(input)),
  get: procedure.input(reference).query(({ ctx, input }) => ctx.workbench.datasets.get(input.dataset)),
  generate: procedure
    .input(generateRequestSchema)
    .mutation(({ ctx, input, signal }) => ctx.workbench.datasets.generate(input, signal)),
  previewGenerated: procedure
    .input(generateRequestSchema)
    .query(({ ctx, input }) => ctx.workbench.datasets.previewGenerated(input)),
  preview: procedure.input(importRequestSchema).mutation(({ ctx, input, signal }) => {
    requireGrants(input, ctx.grants.has)
    return ctx.workbench.datasets.preview(input, signal)
  }),
  import: procedure.input(importRequestSchema).mutation(({ ctx, input, signal }) => {
    requireGrants(input, ctx.grants.take)
    return ctx.workbench.datasets.import(input, signal)
  }),
  /** Stops an import or a generation, by the name that the dataset was to have. */
  cancel: procedure.input(z.strictObject({ name: nameSchema })).mutation(({ ctx, input }) => {
    ctx.workbench.datasets.cancel(input.name)
  }),
  summary: procedure
    .input(z.strictObject(part))
    .query(({ ctx, input, signal }) => ctx.workbench.datasets.summary(input, signal)),
  remove: procedure.input(reference).mutation(({ ctx, input }) => ctx.workbench.datasets.remove(input.dataset)),
  restore: procedure.input(reference).mutation(({ ctx, input }) => ctx.workbench.datasets.restore(input.dataset)),
  images: procedure
    .input(
      z.strictObject({
        ...part,
        at: z.int().nonnegative().default(0),
        count: z.int().min(1).max(500).default(100),
      }),
    )
    .query(({ ctx, input }) => ctx.workbench.datasets.images(input)),
})

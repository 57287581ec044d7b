import { z } from 'zod'
import { createRunRequestSchema, predictionQuerySchema, runReferenceSchema } from '../../shared/runs'
import { nameSchema } from '../../shared/spec/schema'
import { procedure, router } from './trpc'

const reference = z.strictObject({ run: runReferenceSchema })

export const runsRouter = router({
  list: procedure
    .input(z.strictObject({ deleted: z.boolean().default(false) }).prefault({}))
    .query(({ ctx, input }) => ctx.workbench.runs.list(input)),
  get: procedure.input(reference).query(({ ctx, input }) => ctx.workbench.runs.get(input.run)),
  metrics: procedure.input(reference).query(({ ctx, input }) => ctx.workbench.runs.metrics(input.run)),
  results: procedure.input(reference).query(({ ctx, input }) => ctx.workbench.runs.results(input.run)),
  predictions: procedure.input(predictionQuerySchema).query(({ ctx, input }) => ctx.workbench.runs.predictions(input)),
  create: procedure.input(createRunRequestSchema).mutation(({ ctx, input }) => ctx.workbench.runs.create(input)),
  cancel: procedure.input(reference).mutation(({ ctx, input }) => ctx.workbench.runs.cancel(input.run)),
  resume: procedure.input(reference).mutation(({ ctx, input }) => ctx.workbench.runs.resume(input.run)),
  rename: procedure
    .input(reference.extend({ name: nameSchema }))
    .mutation(({ ctx, input }) => ctx.workbench.runs.rename(input.run, input.name)),
  remove: procedure.input(reference).mutation(({ ctx, input }) => ctx.workbench.runs.remove(input.run)),
  restore: procedure.input(reference).mutation(({ ctx, input }) => ctx.workbench.runs.restore(input.run)),
})

import { z } from 'zod'
import { bytesSchema } from '../../shared/arrays'
import { batchScoreRequestSchema, newBatchSchema } from '../../shared/batches'
import { datasetRowSchema } from '../../shared/datasets'
import { pairScoreRequestSchema, sha256Schema } from '../../shared/scores'
import { procedure, router } from './trpc'

/** As much as a dropped image file may weigh. */
const largestImage = 64 * 1024 * 1024

export const imagesRouter = router({
  put: procedure
    .input(
      z.strictObject({
        name: z.string().min(1).max(1024),
        bytes: bytesSchema.refine((bytes) => bytes.byteLength <= largestImage, 'an image file may have 64 MiB at most'),
      }),
    )
    .mutation(({ ctx, input }) => ctx.workbench.images.put(input.name, input.bytes)),
  /** An image or a pair of a dataset. */
  take: procedure.input(datasetRowSchema).mutation(({ ctx, input }) => ctx.workbench.images.take(input)),
  get: procedure
    .input(z.strictObject({ sha256: sha256Schema }))
    .query(({ ctx, input }) => ctx.workbench.images.get(input.sha256)),
})

export const pairsRouter = router({
  score: procedure.input(pairScoreRequestSchema).query(({ ctx, input }) => ctx.workbench.pairs.score(input)),
  /** Pairs that were scored last, newest first. */
  recent: procedure
    .input(z.strictObject({ count: z.int().min(1).max(100).default(12) }).prefault({}))
    .query(({ ctx, input }) => ctx.workbench.pairs.recent(input.count)),
  /** Keeps a list of pairs, whose images are uploaded. */
  addBatch: procedure.input(newBatchSchema).mutation(({ ctx, input }) => ctx.workbench.batches.create(input)),
  /** Scores a list, for as long as there is a reader. */
  batch: procedure.input(batchScoreRequestSchema).subscription(async function* ({ ctx, input, signal }) {
    for await (const event of ctx.workbench.batches.score(input, signal ?? new AbortController().signal)) {
      yield event
      await ctx.drained()
    }
  }),
})

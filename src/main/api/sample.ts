import { bare, router } from './trpc'

export const sampleRouter = router({
  /** The run of the sample model, imported where it is not yet, with its pairs. */
  open: bare.mutation(({ ctx }) => ctx.workbench.sample.open()),
  pairs: bare.query(({ ctx }) => ctx.workbench.sample.pairs()),
})

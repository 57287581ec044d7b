import { importWeightsSchema } from '../../shared/weights'
import { procedure, router } from './trpc'

export const modelsRouter = router({
  /** Weights from Python, as a finished run. */
  import: procedure.input(importWeightsSchema).mutation(({ ctx, input }) => ctx.workbench.models.import(input)),
})

import { z } from 'zod'
import { ticketSchema } from '../../shared/dynamics'
import {
  applyRequestSchema,
  filtersRequestSchema,
  interpolateRequestSchema,
  mappingUnitRequestSchema,
} from '../../shared/transformations'
import { procedure, router } from './trpc'

export const transformationsRouter = router({
  filters: procedure
    .input(filtersRequestSchema)
    .query(({ ctx, input }) => ctx.workbench.transformations.filters(input)),
  mappingUnit: procedure
    .input(mappingUnitRequestSchema)
    .query(({ ctx, input }) => ctx.workbench.transformations.mappingUnit(input)),
  /** `apply` of the command line; tRPC keeps that name for itself. */
  transform: procedure.input(applyRequestSchema).query(({ ctx, input }) => ctx.workbench.transformations.apply(input)),
  interpolate: procedure
    .input(interpolateRequestSchema)
    .query(({ ctx, input }) => ctx.workbench.transformations.interpolate(input)),
  cancel: procedure
    .input(z.strictObject({ ticket: ticketSchema }))
    .mutation(({ ctx, input }) => ctx.workbench.transformations.cancel(input.ticket)),
})

import { z } from 'zod'
import {
  fieldRequestSchema,
  integrabilityRequestSchema,
  planeRequestSchema,
  ticketSchema,
  trajectoryRequestSchema,
} from '../../shared/dynamics'
import { procedure, router } from './trpc'

export const dynamicsRouter = router({
  field: procedure.input(fieldRequestSchema).query(({ ctx, input }) => ctx.workbench.dynamics.field(input)),
  trajectory: procedure
    .input(trajectoryRequestSchema)
    .query(({ ctx, input }) => ctx.workbench.dynamics.trajectory(input)),
  integrability: procedure
    .input(integrabilityRequestSchema)
    .query(({ ctx, input }) => ctx.workbench.dynamics.integrability(input)),
  plane: procedure.input(planeRequestSchema).query(({ ctx, input }) => ctx.workbench.dynamics.plane(input)),
  cancel: procedure
    .input(z.strictObject({ ticket: ticketSchema }))
    .mutation(({ ctx, input }) => ctx.workbench.dynamics.cancel(input.ticket)),
})

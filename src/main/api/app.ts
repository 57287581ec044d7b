import { procedure, router } from './trpc'

export const appInfoRouter = router({
  info: procedure.query(({ ctx }) => ctx.workbench.app.info()),
  problems: procedure.query(({ ctx }) => ctx.workbench.app.problems()),
  restoreBackup: procedure.mutation(({ ctx }) => ctx.workbench.app.restoreBackup()),
})

export const presetsRouter = router({
  list: procedure.query(({ ctx }) => ctx.workbench.presets.list()),
})

export const devicesRouter = router({
  report: procedure.query(({ ctx }) => ctx.workbench.devices.report()),
})

import { bare, router } from './trpc'

export const appInfoRouter = router({
  info: bare.query(({ ctx }) => ctx.workbench.app.info()),
  problems: bare.query(({ ctx }) => ctx.workbench.app.problems()),
  restoreBackup: bare.mutation(({ ctx }) => ctx.workbench.app.restoreBackup()),
})

export const presetsRouter = router({
  list: bare.query(({ ctx }) => ctx.workbench.presets.list()),
})

export const devicesRouter = router({
  report: bare.query(({ ctx }) => ctx.workbench.devices.report()),
})

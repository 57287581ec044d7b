import { appInfoRouter, devicesRouter, presetsRouter } from './app'
import { datasetsRouter } from './datasets'
import { dynamicsRouter } from './dynamics'
import { modelsRouter } from './models'
import { imagesRouter, pairsRouter } from './pairs'
import { runsRouter } from './runs'
import { sampleRouter } from './sample'
import { transformationsRouter } from './transformations'
import { bare, router } from './trpc'

/** A page that connects again sends all that it waits for at once, in one frame. */
export const mostCallsOfFrame = 1000

/** The one protocol of both pipes. */
export const appRouter = router({
  app: appInfoRouter,
  datasets: datasetsRouter,
  runs: runsRouter,
  models: modelsRouter,
  sample: sampleRouter,
  images: imagesRouter,
  pairs: pairsRouter,
  dynamics: dynamicsRouter,
  transformations: transformationsRouter,
  presets: presetsRouter,
  devices: devicesRouter,
  events: bare.subscription(async function* ({ ctx, signal }) {
    for await (const event of ctx.workbench.events(signal ?? new AbortController().signal)) {
      yield event
      await ctx.drained()
    }
  }),
})

export type AppRouter = typeof appRouter

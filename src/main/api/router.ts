import { makeRouter } from './trpc'
import { nouns } from './workbench'

/** A page that connects again sends all that it waits for at once, in one frame. */
export const mostCallsOfFrame = 1000

/** The one protocol of both pipes. */
export const appRouter = makeRouter(nouns)

export type AppRouter = typeof appRouter

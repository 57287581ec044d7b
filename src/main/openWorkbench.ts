import type { Workbench } from './api/workbench'
import { WorkbenchError } from '../shared/errors'
import { createApp, type App, type AppOptions } from './app'
import { damagedWorkbench } from './damagedWorkbench'

/** A workbench that windows may use, whatever the state of its database. */
export type OpenWorkbench = Pick<App, 'workbench' | 'running' | 'close'>

/**
 * Opens the workbench for a window. Where the database is damaged, Home says so and offers the backup; once it is
 * restored, the same window has the real one.
 */
export async function openWorkbench(options: AppOptions): Promise<OpenWorkbench> {
  try {
    return await createApp(options)
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code !== 'DATABASE_DAMAGED') throw error
    let app: App | null = null
    const damaged = await damagedWorkbench(options, error, async () => {
      app = await createApp(options)
    })
    const current = (): Workbench => app?.workbench ?? damaged
    return {
      workbench: delegate(current),
      running: async () => app?.running() ?? null,
      close: async () => app?.close(),
    }
  }
}

/** A workbench whose every part is that of the current one. */
const delegate = (current: () => Workbench): Workbench => ({
  get app() {
    return current().app
  },
  get datasets() {
    return current().datasets
  },
  get runs() {
    return current().runs
  },
  get presets() {
    return current().presets
  },
  get images() {
    return current().images
  },
  get pairs() {
    return current().pairs
  },
  get dynamics() {
    return current().dynamics
  },
  get transformations() {
    return current().transformations
  },
  get devices() {
    return current().devices
  },
  events: (signal) => current().events(signal),
})

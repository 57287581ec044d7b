import type { Workbench } from './api/workbench'
import { WorkbenchError } from '../shared/errors'
import { createApp, type App, type AppOptions } from './app'
import { damagedWorkbench } from './damagedWorkbench'
import { openLog } from './log'
import { logFolder, resolveDataFolder } from './store/dataFolder'

/** A workbench that windows may use, whatever the state of its database. */
export interface OpenWorkbench extends Pick<App, 'workbench' | 'log' | 'running' | 'close'> {
  /** All of it, or what is wrong with the database. */
  whole: App | WorkbenchError
}

/**
 * Opens the workbench for a window. Where the database is damaged, Home says so and offers the backup; once it is
 * restored, the same window has the real one.
 */
export async function openWorkbench(options: AppOptions): Promise<OpenWorkbench> {
  try {
    const app = await createApp(options)
    const { workbench, log } = app
    return { workbench, log, whole: app, running: () => app.running(), close: () => app.close() }
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code !== 'DATABASE_DAMAGED') throw error
    const log = openLog(logFolder(resolveDataFolder(options.data)), options.host)
    log.error(error)
    let app: App | null = null
    const damaged = await damagedWorkbench(options, { error, logFile: log.file }, async () => {
      app = await createApp(options)
    })
    const current = (): Workbench => app?.workbench ?? damaged
    return {
      workbench: delegate(current),
      log,
      whole: error,
      running: async () => app?.running() ?? null,
      close: async () => {
        await app?.close()
        log.close()
      },
    }
  }
}

/** A workbench whose every part is that of the current one. */
const delegate = (current: () => Workbench): Workbench =>
  new Proxy({} as Workbench, { get: (_, noun) => current()[noun as keyof Workbench] })

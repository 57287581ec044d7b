import type { Workbench } from './api/workbench'
import { WorkbenchError } from '../shared/errors'
import { createApp, type App, type AppOptions } from './app'
import { damagedWorkbench } from './damagedWorkbench'
import { openLog, type Log } from './log'
import { logFolder, resolveDataFolder } from './store/dataFolder'

/** A workbench that windows may use, whatever the state of its database. */
export interface OpenWorkbench extends Pick<App, 'workbench' | 'log' | 'running' | 'close'> {
  /** All of it, or what is wrong with the database, as it was at opening. */
  whole: App | WorkbenchError
}

/** The app and the workbench that windows have now. */
class Current {
  app: App | null = null
  #workbench: Workbench | null = null
  #turning: Promise<void> = Promise.resolve()
  #log: Log | null = null

  constructor(private readonly options: AppOptions) {}

  /** Of the windows, whatever app they have; its folder is there once an app was opened, or is known to be damaged. */
  get log(): Log {
    const { data, host } = this.options
    return (this.#log ??= openLog(logFolder(resolveDataFolder(data)), host))
  }

  /** @throws WorkbenchError as `createApp` */
  async open(): Promise<App> {
    const app = await createApp(this.options)
    this.app = app
    this.#workbench = app.workbench
    // Found while it is worked with: windows get what they would have got at opening.
    void app.damage.then((error) => (this.#turning = this.#giveUp(app, error)))
    return app
  }

  /** Windows are told what is wrong, and offered the backup. */
  async refuse(error: WorkbenchError): Promise<void> {
    const reopen = async () => void (await this.open())
    this.#workbench = await damagedWorkbench(this.options, { error, logFile: this.log.file }, reopen)
  }

  /** A workbench whose every part is that of the current one. */
  get workbench(): Workbench {
    return new Proxy({} as Workbench, { get: (_, noun) => this.#workbench?.[noun as keyof Workbench] })
  }

  async close(): Promise<void> {
    await this.#turning
    await this.app?.close()
    this.log.close()
  }

  /** The files are let go before the backup is offered in their place; the windows that are open hear of it last. */
  async #giveUp(app: App, error: WorkbenchError): Promise<void> {
    this.app = null
    this.log.error(error)
    await app.close().catch((fault: unknown) => this.log.error(fault))
    await this.refuse(error)
    app.onFault(error)
  }
}

/**
 * Opens the workbench for a window. Where the database is damaged, or found so later, Home says so and offers the
 * backup; once it is restored, the same window has the real one.
 */
export async function openWorkbench(options: AppOptions): Promise<OpenWorkbench> {
  const current = new Current(options)
  const whole = await current.open().catch(async (error: unknown) => {
    if (!(error instanceof WorkbenchError) || error.code !== 'DATABASE_DAMAGED') throw error
    current.log.error(error)
    await current.refuse(error)
    return error
  })
  const { workbench, log } = current
  return { workbench, log, whole, running: async () => current.app?.running() ?? [], close: () => current.close() }
}

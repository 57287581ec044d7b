import type { WorkbenchError } from '../shared/errors'
import { presets } from '../shared/presets'
import type { Workbench } from './api/workbench'
import { appFacts, type AppOptions } from './app'
import { latestBackup } from './store/backup'
import { dataPaths, resolveDataFolder } from './store/dataFolder'
import { restoreBackup } from './store/restore'

/**
 * What a window gets while the database is damaged: the reason, and the way back.
 * @param reopen opens the real workbench after the backup is in place
 */
export async function damagedWorkbench(
  options: AppOptions,
  { error, logFile }: { error: WorkbenchError; logFile: string },
  reopen: () => Promise<void>,
): Promise<Workbench> {
  const paths = dataPaths(resolveDataFolder(options.data))
  const at = new Date().toISOString()
  const backup = await latestBackup(paths)
  let restoring: ReturnType<Workbench['app']['restoreBackup']> | null = null
  const restore = async () => {
    const { backup: restored } = await restoreBackup(paths)
    await reopen()
    return { backup: restored }
  }
  /** Every act that needs the database. */
  const refusing = new Proxy({} as never, { get: () => () => Promise.reject(error) })
  return {
    app: {
      info: async () => ({
        ...appFacts(paths.folder, options.host),
        logFile,
        damage: { error: error.toData(), backup },
      }),
      problems: async () => [{ at, error: error.toData(), run: null }],
      // Two windows may press the button.
      restoreBackup: () => (restoring ??= restore().finally(() => (restoring = null))),
    },
    datasets: refusing,
    runs: refusing,
    queue: refusing,
    sweeps: refusing,
    compare: refusing,
    models: refusing,
    sample: refusing,
    images: refusing,
    pairs: refusing,
    dynamics: refusing,
    transformations: refusing,
    batches: { create: () => Promise.reject(error), score: () => refusingStream(error) },
    devices: refusing,
    presets: { list: async () => [...presets] },
    events: { follow: quiet },
  }
}

async function* refusingStream(error: WorkbenchError): AsyncGenerator<never> {
  await Promise.reject(error)
}

/** Nothing happens in a damaged workbench. */
async function* quiet(_: void, signal: AbortSignal): AsyncGenerator<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
}

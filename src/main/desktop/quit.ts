import type { App as ElectronApp, BrowserWindow } from 'electron'

export interface QuitSteps {
  /** Names of the runs under way. */
  running(): Promise<string[]>
  confirm(runs: readonly string[]): Promise<boolean>
  /** Checkpoints what is under way and ends the children. */
  close(): Promise<void>
  onFault(error: unknown): void
}

/** Quitting, however it was asked for, first asks about runs under way, then checkpoints, then goes. */
export function guardQuit(app: ElectronApp, window: BrowserWindow, steps: QuitSteps): void {
  let state: 'open' | 'asking' | 'closed' = 'open'

  const leave = async (): Promise<void> => {
    const runs = await steps.running()
    if (runs.length > 0 && !(await steps.confirm(runs))) {
      state = 'open'
      return
    }
    await steps.close()
    state = 'closed'
    app.quit()
  }
  const begin = (): void => {
    if (state !== 'open') return
    state = 'asking'
    leave().catch((error: unknown) => {
      steps.onFault(error)
      state = 'closed'
      app.quit()
    })
  }

  window.on('close', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    begin()
  })
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    begin()
  })
  app.on('window-all-closed', () => app.quit())
}

import type { App as ElectronApp, BrowserWindow } from 'electron'

export interface QuitSteps {
  /** Name of the run under way, or null. */
  running(): Promise<string | null>
  confirm(run: string): Promise<boolean>
  /** Checkpoints what is under way and ends the children. */
  close(): Promise<void>
  onFault(error: unknown): void
}

/** Quitting, however it was asked for, first asks about a run under way, then checkpoints, then goes. */
export function guardQuit(app: ElectronApp, window: BrowserWindow, steps: QuitSteps): void {
  let state: 'open' | 'asking' | 'closed' = 'open'

  const leave = async (): Promise<void> => {
    const run = await steps.running()
    if (run !== null && !(await steps.confirm(run))) {
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

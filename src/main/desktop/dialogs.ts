import { dialog, type BrowserWindow } from 'electron'
import { quitWords } from './quitWords'
import { errorLine, toErrorData } from '../../shared/errors'

/** An error before or instead of the page. */
export function showFatal(error: unknown): void {
  dialog.showErrorBox('GAE Workbench', errorLine(toErrorData(error)))
}

/** Asked where runs are under way. @returns whether to quit */
export async function confirmQuit(window: BrowserWindow, runs: readonly string[]): Promise<boolean> {
  const buttons = ['Checkpoint and quit', 'Stay']
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    ...quitWords(runs),
    buttons,
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

import { dialog, type BrowserWindow } from 'electron'
import { errorLine, toErrorData } from '../../shared/errors'

/** An error before or instead of the page. */
export function showFatal(error: unknown): void {
  dialog.showErrorBox('GAE Workbench', errorLine(toErrorData(error)))
}

/** Asked where a run is under way. @returns whether to quit */
export async function confirmQuit(window: BrowserWindow, run: string): Promise<boolean> {
  const buttons = ['Checkpoint and quit', 'Stay']
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${run} is training.`,
    detail: 'Its last finished epoch is kept. Resume it when the workbench is open again.',
    buttons,
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

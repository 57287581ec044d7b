import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app, session } from 'electron'
import { confirmQuit, showFatal } from './desktop/dialogs'
import { attachPipe } from './desktop/ipcPipe'
import { setMenu } from './desktop/menu'
import { isPage, pageAddress } from './desktop/origin'
import { denyNavigation, denyPermissions } from './desktop/policy'
import { registerScheme, servePage } from './desktop/protocol'
import { guardQuit } from './desktop/quit'
import { launchUtilityChild } from './desktop/utilityChild'
import { createWindow } from './desktop/windows'
import { openWorkbench } from './openWorkbench'
import { rendererFiles } from './page/rendererFiles'

/** The built programs lie here; preload and page beside this folder. */
const folder = import.meta.dirname

// Electron's own switches stand among the arguments, so unknown ones are passed over.
const { values } = parseArgs({ args: process.argv.slice(1), options: { data: { type: 'string' } }, strict: false })
const data = typeof values.data === 'string' ? values.data : undefined

async function start(): Promise<void> {
  servePage(await rendererFiles(join(folder, '../renderer')))
  denyPermissions(session.defaultSession)
  setMenu()
  const workbenchApp = await openWorkbench({ data, launch: launchUtilityChild(folder), host: 'desktop' })
  const { workbench, log } = workbenchApp
  const window = createWindow(join(folder, '../preload/index.cjs'))
  attachPipe({ workbench, contents: window.webContents, isPage, log })
  guardQuit(app, window, {
    running: () => workbenchApp.running(),
    confirm: (runs) => confirmQuit(window, runs),
    close: () => workbenchApp.close(),
    onFault: showFatal,
  })
  await window.loadURL(pageAddress)
}

registerScheme()
denyNavigation(app)
app
  .whenReady()
  .then(start)
  .catch((error: unknown) => {
    showFatal(error)
    app.exit(1)
  })

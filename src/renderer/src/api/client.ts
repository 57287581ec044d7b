import { bridge } from './bridge'
import { connect, type Api } from './connect'
import { ipcSocketOver } from './ipcSocket'
import { servedSession } from './servedSession'

function overThisPage(): Api {
  const desktop = bridge()
  if (desktop !== undefined) return connect('', ipcSocketOver(desktop)).api
  return connect(`${location.origin.replace(/^http/, 'ws')}/api`, WebSocket, servedSession()).api
}

/** The workbench, over IPC in the desktop window and over WebSocket in a browser. */
export const api: Api = overThisPage()

import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { grantChannel, pipeChannel } from '../shared/channels'
import type { Bridge, PipeEvent } from '../shared/ipc'

/** All that the page can reach of Electron. A File carries its path only where the user's own hand brought it. */
const bridge: Bridge = {
  send: (request) => ipcRenderer.send(pipeChannel, request),
  onEvent: (listener) => {
    ipcRenderer.on(pipeChannel, (_event, message: PipeEvent) => listener(message))
  },
  grantPath: (file) => {
    const path = webUtils.getPathForFile(file)
    if (path !== '') ipcRenderer.send(grantChannel, path)
    return path
  },
}

contextBridge.exposeInMainWorld('workbenchBridge', bridge)

import { WebSocket as NodeWebSocket } from 'ws'
import { serveWorkbench, type Served } from '../../src/main/served/serve'
import type { Workbench } from '../../src/main/api/workbench'
import { connect } from '../../src/renderer/src/api/connect'
import { KeptLog } from './keptLog'
import { pageFolder } from './pageFolder'
import type { Pipe } from './pipe'

/** Exchanges the address for the cookie, as a browser does. */
export async function admit(served: Served): Promise<string> {
  const response = await fetch(served.url, { redirect: 'manual' })
  const cookie = response.headers.get('set-cookie')
  if (cookie === null) throw new Error(`no cookie, status ${response.status}`)
  return cookie.split(';')[0] ?? ''
}

/** A browser's side and a server's side over a real socket. */
export async function servedPipe(workbench: Workbench, limit?: number): Promise<Pipe> {
  const served = await serveWorkbench({
    workbench,
    port: 0,
    host: '127.0.0.1',
    rendererFolder: await pageFolder(),
    log: new KeptLog(),
    limit,
  })
  const cookie = await admit(served)
  const sockets = new Set<NodeWebSocket>()
  class BrowserSocket extends NodeWebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin: `http://127.0.0.1:${served.port}` } })
      sockets.add(this)
    }
  }
  const connection = connect(`ws://127.0.0.1:${served.port}/api`, BrowserSocket as unknown as typeof WebSocket)
  return {
    api: connection.api,
    cut: () => sockets.forEach((socket) => socket.terminate()),
    pauseReading: () => sockets.forEach((socket) => socket.pause()),
    resumeReading: () => sockets.forEach((socket) => socket.resume()),
    close: async () => {
      await connection.close()
      await served.close()
    },
  }
}

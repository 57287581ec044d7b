import { WebSocket as NodeWebSocket } from 'ws'
import { serveWorkbench } from '../../src/main/served/serve'
import type { Workbench } from '../../src/main/api/workbench'
import { connect } from '../../src/renderer/src/api/connect'
import { secretFragment } from '../../src/shared/session'
import { KeptLog } from './keptLog'
import { pageFolder } from './pageFolder'
import type { Pipe } from './pipe'

/** Exchanges the address for cookie and secret, as a browser does. */
export async function enter({ url }: { url: string }): Promise<{ cookie: string; secret: string }> {
  const response = await fetch(url, { redirect: 'manual' })
  const cookie = response.headers.get('set-cookie')
  if (cookie === null) throw new Error(`no cookie, status ${response.status}`)
  const secret = response.headers.get('location')?.split(secretFragment)[1] ?? ''
  return { cookie: cookie.split(';')[0] ?? '', secret }
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
  const { cookie, secret } = await enter(served)
  const sockets = new Set<NodeWebSocket>()
  class BrowserSocket extends NodeWebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin: `http://127.0.0.1:${served.port}` } })
      sockets.add(this)
    }
  }
  const session = { secret: () => secret, closed: () => undefined, over: () => false }
  const address = `ws://127.0.0.1:${served.port}/api`
  const connection = connect(address, BrowserSocket as unknown as typeof WebSocket, session)
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

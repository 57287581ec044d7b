import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WorkbenchError } from '../../shared/errors'
import type { Workbench } from '../api/workbench'
import { rendererFiles } from '../page/rendererFiles'
import { pageListener } from './http'
import { requireLoopback, urlHost } from './loopback'
import { attachSocket } from './socket'
import { Gate } from './token'

export interface ServeOptions {
  workbench: Workbench
  /** 0 takes a free one. */
  port: number
  host: string
  /** The built renderer. */
  rendererFolder: string
  /** The largest frame in bytes; the codec's own limit where absent. */
  limit?: number
}

export interface Served {
  /** With the one-time token. */
  url: string
  port: number
  close(): Promise<void>
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        new WorkbenchError(taken ? 'PORT_TAKEN' : 'CANNOT_LISTEN', taken ? `Port ${port} is taken` : error.message, {
          where: '--port',
          remedy: 'Choose another, or --port 0 for a free one.',
          exit: 1,
          cause: error,
        }),
      )
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })

/**
 * The workbench for a browser on this machine.
 * @throws WorkbenchError HOST_NOT_LOOPBACK, PAGE_NOT_BUILT, PORT_TAKEN, CANNOT_LISTEN
 */
export async function serveWorkbench(options: ServeOptions): Promise<Served> {
  requireLoopback(options.host)
  const files = await rendererFiles(options.rendererFolder)
  const server = createServer()
  const port = await listen(server, options.port, options.host)
  const gate = new Gate(port)
  server.on('request', pageListener(files, gate, port))
  const closeSockets = attachSocket(server, { workbench: options.workbench, gate, port, limit: options.limit })
  return {
    url: `http://${urlHost(options.host)}:${port}/?token=${gate.token}`,
    port,
    close: () =>
      new Promise((resolve) => {
        closeSockets()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WorkbenchError } from '../../shared/errors'
import type { PipeLog } from '../api/refusal'
import type { Workbench } from '../api/workbench'
import { rendererFiles } from '../page/rendererFiles'
import { pageListener } from './http'
import { requireLoopback, requirePort, urlHost } from './loopback'
import { answerRaw } from './rawAnswer'
import { attachSocket } from './socket'
import { Gate } from './token'

export interface ServeOptions {
  workbench: Workbench
  /** 0 takes a free one. */
  port: number
  host: string
  /** The built renderer. */
  rendererFolder: string
  log: PipeLog
  /** The largest frame in bytes; the codec's own limit where absent. */
  limit?: number
}

export interface Served {
  /** With the one-time token. */
  url: string
  port: number
  close(): Promise<void>
}

/** An end that sends slowly, or nothing, holds a connection for so long; one browser needs few of them. */
const bounds = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
}
/** For an end that does not read what it asked for. */
const idleMilliseconds = 60_000
const mostConnections = 256

/** Answers to what is no request, or did not come in time. */
const rawStatuses: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

function boundedServer(log: PipeLog): Server {
  const server = createServer(bounds)
  server.timeout = idleMilliseconds
  server.maxConnections = mostConnections
  server.on('clientError', ({ code = 'UNKNOWN' }: NodeJS.ErrnoException, socket: Socket) => {
    if (code === 'ECONNRESET' || !socket.writable) return socket.destroy()
    log.refused({ reason: code, address: socket.remoteAddress ?? '' })
    answerRaw(socket, rawStatuses[code] ?? '400 Bad Request')
  })
  server.on('drop', (data) => log.refused({ reason: 'TOO_MANY_CONNECTIONS', address: data?.remoteAddress ?? '' }))
  return server
}

const notListening: Record<string, (port: number, host: string) => [code: string, message: string]> = {
  EADDRINUSE: (port) => ['PORT_TAKEN', `Port ${port} is taken`],
  EACCES: (port) => ['CANNOT_LISTEN', `Port ${port} is for privileged users alone`],
  EADDRNOTAVAIL: (_, host) => ['CANNOT_LISTEN', `This machine has no address ${host}`],
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const [code, message] = notListening[cause.code ?? '']?.(port, host) ?? ['CANNOT_LISTEN', cause.message]
      const remedy = 'Choose another, or --port 0 for a free one.'
      reject(new WorkbenchError(code, message, { where: '--port', remedy, exit: 1, cause }))
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })

/**
 * The workbench for a browser on this machine.
 * @throws WorkbenchError HOST_NOT_LOOPBACK, BAD_PORT, PAGE_NOT_BUILT, PORT_TAKEN, CANNOT_LISTEN
 */
export async function serveWorkbench(options: ServeOptions): Promise<Served> {
  requireLoopback(options.host)
  requirePort(options.port)
  const files = await rendererFiles(options.rendererFolder)
  const { workbench, log, limit } = options
  const server = boundedServer(log)
  const port = await listen(server, options.port, options.host)
  const gate = new Gate(port)
  server.on('request', pageListener({ files, gate, port, log }))
  const closeSockets = attachSocket(server, { workbench, gate, port, log, limit })
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

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { frameCodec, frameLimit } from '../../shared/codec'
import { noGrants } from '../api/grants'
import { appRouter } from '../api/router'
import type { Workbench } from '../api/workbench'
import { isOwnHost, isOwnOrigin } from './loopback'
import type { Gate } from './token'

/** Bytes under way above which a reader counts as slow. */
const slow = 1024 * 1024
const lookAgain = 20

const drained = (socket: WebSocket) => async (): Promise<void> => {
  while (socket.readyState === socket.OPEN && socket.bufferedAmount > slow) await wait(lookAgain)
}

function refuse(socket: Duplex, status: '403 Forbidden' | '404 Not Found'): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

export interface SocketOptions {
  workbench: Workbench
  gate: Gate
  port: number
  /** The largest frame in bytes. */
  limit?: number
}

/**
 * Speaks the one protocol over WebSocket at `/api`. Cookie, Host and Origin are checked at the upgrade.
 * @returns how to close every connection
 */
export function attachSocket(server: Server, { workbench, gate, port, limit = frameLimit }: SocketOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limit, perMessageDeflate: false })
  const connect = getWSConnectionHandler({
    wss: sockets,
    router: appRouter,
    createContext: ({ res }) => ({ workbench, grants: noGrants, drained: drained(res) }),
    experimental_encoder: frameCodec(limit),
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host, origin, cookie } = request.headers
    if (request.url !== '/api') return refuse(socket, '404 Not Found')
    if (!isOwnHost(host, port) || !isOwnOrigin(origin, host) || !gate.admits(cookie)) {
      return refuse(socket, '403 Forbidden')
    }
    sockets.handleUpgrade(request, socket, head, (client) => connect(client, request))
  })
  return () => {
    for (const client of sockets.clients) client.terminate()
    sockets.close()
  }
}

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { frameCodec, frameLimit } from '../../shared/codec'
import { firstFrameSchema, secretRefused } from '../../shared/session'
import { noGrants } from '../api/grants'
import type { PipeLog } from '../api/refusal'
import { appRouter, mostCallsOfFrame } from '../api/router'
import type { Workbench } from '../api/workbench'
import { isOwnHost, isOwnOrigin } from './loopback'
import { answerRaw } from './rawAnswer'
import type { Gate } from './token'

/** Bytes under way above which a reader counts as slow. */
const slow = 1024 * 1024
const lookAgain = 20
/** Windows of one browser hold one each. */
const mostSockets = 64

/** How long a socket may keep its first frame back. */
const patienceMilliseconds = 10_000

/** tRPC's client says in the address that it has a first frame of its own. */
export const apiPaths = ['/api', '/api?connectionParams=1']

/** What a first frame says of its sender; '' where it is none. */
export function secretOf(codec: ReturnType<typeof frameCodec>, frame: Buffer): string {
  try {
    return firstFrameSchema.parse(codec.decode(frame)).data.secret
  } catch {
    return ''
  }
}

const drained = (socket: WebSocket) => async (): Promise<void> => {
  while (socket.readyState === socket.OPEN && socket.bufferedAmount > slow) await wait(lookAgain)
}

const statuses = {
  NO_FILE: '404 Not Found',
  FOREIGN_HOST: '403 Forbidden',
  FOREIGN_PAGE: '403 Forbidden',
  NO_COOKIE: '403 Forbidden',
  TOO_MANY_SOCKETS: '503 Service Unavailable',
  BAD_HANDSHAKE: '400 Bad Request',
} as const

export interface SocketOptions {
  workbench: Workbench
  gate: Gate
  port: number
  log: PipeLog
  /** The largest frame in bytes. */
  limit?: number
}

/**
 * Speaks the one protocol over WebSocket at `/api`. Cookie, Host and Origin are checked at the upgrade, the secret in
 * the first frame: {method: 'connectionParams', data: {secret}}.
 * @returns how to close every connection
 */
export function attachSocket(server: Server, options: SocketOptions): () => void {
  const { workbench, gate, port, log, limit = frameLimit } = options
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limit, perMessageDeflate: false })
  const codec = frameCodec(limit)
  const connect = getWSConnectionHandler({
    wss: sockets,
    router: appRouter,
    createContext: ({ req, res }) => ({
      workbench,
      grants: noGrants,
      drained: drained(res),
      log,
      address: req.socket.remoteAddress ?? '',
    }),
    experimental_encoder: codec,
    maxBatchSize: mostCallsOfFrame,
  })
  const refuse = (socket: Duplex, request: IncomingMessage, reason: keyof typeof statuses): void => {
    const { method = '' } = request
    const path = reason === 'NO_FILE' ? 'other' : 'api'
    log.refused({ reason, method, path, address: request.socket.remoteAddress ?? '' })
    answerRaw(socket, statuses[reason])
  }
  sockets.on('wsClientError', (_error, socket, request) => refuse(socket, request, 'BAD_HANDSHAKE'))
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host, origin, cookie } = request.headers
    if (!apiPaths.includes(request.url ?? '')) return refuse(socket, request, 'NO_FILE')
    if (!isOwnHost(host, port)) return refuse(socket, request, 'FOREIGN_HOST')
    if (!isOwnOrigin(origin, host)) return refuse(socket, request, 'FOREIGN_PAGE')
    if (!gate.admits(cookie)) return refuse(socket, request, 'NO_COOKIE')
    if (sockets.clients.size >= mostSockets) return refuse(socket, request, 'TOO_MANY_SOCKETS')
    sockets.handleUpgrade(request, socket, head, (client) => {
      const address = request.socket.remoteAddress ?? ''
      // The connection is closed with it: a frame above the limit, or bytes that are no frame.
      client.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code?.startsWith('WS_ERR_')) log.refused({ reason: error.code, path: 'api', address })
      })
      const silent = setTimeout(() => client.terminate(), patienceMilliseconds)
      client.once('close', () => clearTimeout(silent))
      client.once('message', (data: Buffer) => {
        clearTimeout(silent)
        if (gate.knows(secretOf(codec, data))) {
          // The protocol begins with the next frame.
          request.url = '/api'
          return connect(client, request)
        }
        log.refused({ reason: 'NO_SECRET', path: 'api', address })
        client.close(secretRefused, 'NO_SECRET')
      })
    })
  })
  return () => {
    for (const client of sockets.clients) client.terminate()
    sockets.close()
  }
}

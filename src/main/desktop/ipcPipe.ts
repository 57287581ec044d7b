import type { IncomingMessage } from 'node:http'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import type { IpcMainEvent, WebContents } from 'electron'
import type { WebSocket, WebSocketServer } from 'ws'
import { grantChannel, pipeChannel } from '../../shared/channels'
import { frameCodec, frameLimit } from '../../shared/codec'
import { pipeRequestSchema, type PipeRequest } from '../../shared/ipc'
import type { PipeLog } from '../api/refusal'
import { appRouter, mostCallsOfFrame } from '../api/router'
import type { Workbench } from '../api/workbench'
import { IpcPeer } from './ipcPeer'
import { pathGrants } from './pathGrants'

/** As many sockets as one page may hold; it needs one. */
const mostSockets = 8
/** WebSocket's close code for a message that is too large. */
const tooLarge = 1009

/** What `createContext` and the URL of a request look at; over IPC there is no HTTP request behind. */
const request = { url: '/api', headers: {} } as IncomingMessage

const isTooLarge = (data: Uint8Array | string, limit: number): boolean => data.length > limit

export interface PipeOptions {
  workbench: Workbench
  contents: WebContents
  /** True for the page that may speak here. */
  isPage(address: string): boolean
  log: PipeLog
  /** The largest frame in bytes. */
  limit?: number
}

/**
 * Speaks the one protocol over IPC with one window's page. Only its main frame is heard, and only while it shows our
 * page; sockets close at navigation, reload and the renderer's death.
 */
export function attachPipe({ workbench, contents, isPage, log, limit = frameLimit }: PipeOptions): void {
  const peers = new Map<number, IpcPeer>()
  const grants = pathGrants()
  const connect = getWSConnectionHandler({
    // The handler serves connections that it is given and asks nothing of a server.
    wss: undefined as unknown as WebSocketServer,
    router: appRouter,
    createContext: ({ res }) => ({
      workbench,
      grants,
      drained: (res as unknown as IpcPeer).drained,
      log,
      address: null,
    }),
    experimental_encoder: frameCodec(limit),
    maxBatchSize: mostCallsOfFrame,
  })

  const open = (socket: number): void => {
    if (peers.has(socket) || peers.size >= mostSockets) return log.refused({ reason: 'TOO_MANY_SOCKETS' })
    const peer = new IpcPeer(socket, (event) => {
      if (!contents.isDestroyed()) contents.send(pipeChannel, event)
    })
    peers.set(socket, peer)
    peer.once('close', () => peers.delete(socket))
    connect(peer as unknown as WebSocket, request)
    contents.send(pipeChannel, { type: 'open', socket })
  }

  const receive = (message: PipeRequest): void => {
    if (message.type === 'open') return open(message.socket)
    const peer = peers.get(message.socket)
    if (peer === undefined) return
    if (message.type === 'close') peer.gone()
    else if (message.type === 'taken') peer.taken(message.bytes)
    else if (isTooLarge(message.data, limit)) {
      log.refused({ reason: 'FRAME_TOO_LARGE' })
      peer.close(tooLarge, 'frame too large')
    } else peer.receive(message.data)
  }

  const fromOurPage = ({ sender, senderFrame }: IpcMainEvent): boolean =>
    sender === contents && senderFrame !== null && senderFrame.parent === null && isPage(senderFrame.url)

  contents.ipc.on(pipeChannel, (event, message: unknown) => {
    if (!fromOurPage(event)) return log.refused({ reason: 'FOREIGN_PAGE' })
    const parsed = pipeRequestSchema.safeParse(message)
    if (parsed.success) receive(parsed.data)
    else log.refused({ reason: 'FRAME_MALFORMED' })
  })
  contents.ipc.on(grantChannel, (event, path: unknown) => {
    if (fromOurPage(event)) grants.give(path)
    else log.refused({ reason: 'FOREIGN_PAGE' })
  })

  const closeAll = (): void => {
    for (const peer of [...peers.values()]) peer.gone()
  }
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) closeAll()
  })
  contents.on('render-process-gone', closeAll)
  contents.on('destroyed', closeAll)
}

import type { Bridge, PipeEvent } from '../../../shared/ipc'

/** `close` of a socket, as the WebSocket client looks at it. */
class SocketClosed extends Event {
  constructor(
    readonly code: number,
    readonly reason: string,
  ) {
    super('close')
  }
}

/**
 * A WebSocket-shaped class whose frames go through the preload's bridge, for tRPC's client.
 * @param bridge what the preload put into the page
 */
export function ipcSocketOver(bridge: Bridge): typeof WebSocket {
  const sockets = new Map<number, IpcSocket>()
  let last = 0

  class IpcSocket extends EventTarget {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSING = 2
    static readonly CLOSED = 3
    readonly CONNECTING = 0
    readonly OPEN = 1
    readonly CLOSING = 2
    readonly CLOSED = 3
    readonly #socket = ++last
    binaryType = 'arraybuffer'
    readyState: number = IpcSocket.CONNECTING

    constructor() {
      super()
      sockets.set(this.#socket, this)
      // In a task of its own, so that the client has attached its listeners before the answer comes.
      setTimeout(() => bridge.send({ type: 'open', socket: this.#socket }))
    }

    send(data: string | Uint8Array<ArrayBuffer>): void {
      if (this.readyState === IpcSocket.OPEN) bridge.send({ type: 'frame', socket: this.#socket, data })
    }

    close(): void {
      if (this.readyState >= IpcSocket.CLOSING) return
      bridge.send({ type: 'close', socket: this.#socket })
      this.#end(1000, '')
    }

    take(event: PipeEvent): void {
      if (event.type === 'close') return this.#end(event.code, event.reason)
      if (event.type === 'open') {
        this.readyState = IpcSocket.OPEN
        this.dispatchEvent(new Event('open'))
        return
      }
      this.dispatchEvent(new MessageEvent('message', { data: event.data }))
      bridge.send({ type: 'taken', socket: this.#socket, bytes: event.data.length })
    }

    #end(code: number, reason: string): void {
      this.readyState = IpcSocket.CLOSED
      sockets.delete(this.#socket)
      setTimeout(() => this.dispatchEvent(new SocketClosed(code, reason)))
    }
  }

  bridge.onEvent((event) => sockets.get(event.socket)?.take(event))
  return IpcSocket as unknown as typeof WebSocket
}

import { EventEmitter } from 'node:events'
import type { PipeEvent } from '../../shared/ipc'

const open = 1
const closed = 3
/** Bytes under way above which a reader counts as slow. */
const slow = 1024 * 1024

/** One socket of the page as tRPC's connection handler sees it: as much of `ws`'s WebSocket as that uses. */
export class IpcPeer extends EventEmitter {
  readonly OPEN = open
  readyState: number = open
  #underWay = 0
  #waiting: (() => void)[] = []

  constructor(
    private readonly socket: number,
    private readonly post: (event: PipeEvent) => void,
  ) {
    super()
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.readyState !== open) return
    this.#underWay += data.length
    this.post({ type: 'frame', socket: this.socket, data })
  }

  /** Closes from this side; the page is told. */
  close(code = 1000, reason = ''): void {
    if (this.readyState !== open) return
    this.post({ type: 'close', socket: this.socket, code, reason })
    this.gone()
  }

  terminate(): void {
    this.close(1006)
  }

  /** The page closed it, or is no more. */
  gone(): void {
    if (this.readyState !== open) return
    this.readyState = closed
    this.#release()
    this.emit('close')
  }

  /** A frame from the page. */
  receive(data: Uint8Array | string): void {
    if (typeof data === 'string') this.emit('message', Buffer.from(data), false)
    else this.emit('message', Buffer.from(data.buffer, data.byteOffset, data.byteLength), true)
  }

  /** The page has worked off this many bytes. */
  taken(bytes: number): void {
    this.#underWay = Math.max(0, this.#underWay - bytes)
    if (this.#underWay <= slow) this.#release()
  }

  /** Resolves when little is under way. */
  readonly drained = (): Promise<void> =>
    this.readyState !== open || this.#underWay <= slow
      ? Promise.resolve()
      : new Promise((resolve) => this.#waiting.push(resolve))

  #release(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

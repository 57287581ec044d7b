import { EventEmitter } from 'node:events'

// Electron's declarations give every event a signature of its own; one listener type stands for all of them here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Listener = (...args: any[]) => void

/** An emitter whose `on` and `once` fit any of Electron's declared emitters. */
export class Emitter {
  readonly #events = new EventEmitter()
  readonly on = (event: string, listener: Listener): never => this.#events.on(event, listener) as never
  readonly once = (event: string, listener: Listener): never => this.#events.once(event, listener) as never
  readonly emit = (event: string, ...args: unknown[]): boolean => this.#events.emit(event, ...args)
}

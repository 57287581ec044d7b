import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { pipeChannel } from '../../src/shared/channels'
import type { Bridge, PipeEvent } from '../../src/shared/ipc'
import { attachPipe } from '../../src/main/desktop/ipcPipe'
import { isPage, pageAddress } from '../../src/main/desktop/origin'
import type { Workbench } from '../../src/main/api/workbench'
import { connect } from '../../src/renderer/src/api/connect'
import { ipcSocketOver } from '../../src/renderer/src/api/ipcSocket'
import { KeptLog } from './keptLog'
import type { Pipe } from './pipe'

/** What a window's contents do for the pipe: IPC in both directions, by structured clone and in tasks of their own. */
export class FakeContents extends EventEmitter {
  readonly ipc = new EventEmitter()
  readonly mainFrame = { parent: null, url: pageAddress }
  readonly pageListeners: ((event: PipeEvent) => void)[] = []
  paused = false
  #kept: PipeEvent[] = []

  isDestroyed(): boolean {
    return false
  }

  send(channel: string, event: PipeEvent): void {
    if (channel !== pipeChannel) throw new Error(`nobody listens to ${channel}`)
    const copy = structuredClone(event)
    if (this.paused) this.#kept.push(copy)
    else setImmediate(() => this.pageListeners.forEach((listener) => listener(copy)))
  }

  /** A message from a frame; of the page itself unless another is named. */
  fromPage(channel: string, message: unknown, senderFrame: unknown = this.mainFrame, sender: unknown = this): void {
    const copy = structuredClone(message)
    setImmediate(() => this.ipc.emit(channel, { sender, senderFrame }, copy))
  }

  resume(): void {
    this.paused = false
    const kept = this.#kept
    this.#kept = []
    for (const event of kept) this.pageListeners.forEach((listener) => listener(event))
  }

  bridge(): Bridge {
    return {
      send: (request) => this.fromPage(pipeChannel, request),
      onEvent: (listener) => void this.pageListeners.push(listener),
      grantPath: () => '',
    }
  }
}

/** The page's side and the main process's side, with the window's contents faked between them. */
export function ipcPipe(workbench: Workbench, limit?: number): Promise<Pipe> {
  const contents = new FakeContents()
  attachPipe({ workbench, contents: contents as unknown as WebContents, isPage, log: new KeptLog(), limit })
  const connection = connect('', ipcSocketOver(contents.bridge()))
  return Promise.resolve({
    api: connection.api,
    cut: () => {
      contents.emit('render-process-gone')
      // The page that died never hears of it; this one, which lives on in the test, must.
      for (let socket = 1; socket <= 8; socket++) {
        contents.send(pipeChannel, { type: 'close', socket, code: 1006, reason: '' })
      }
    },
    pauseReading: () => void (contents.paused = true),
    resumeReading: () => contents.resume(),
    close: () => connection.close(),
  })
}

/** A child's link to the process that started it, the same under Electron's utilityProcess and Node's fork. */
export interface Port {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** What a utility process has in place of Node's channel: messages come inside events. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** The code of a child whose parent has gone. */
const orphanCode = 3
/** How often an idle child looks whether its parent is still there. */
const watchMilliseconds = 1000

/**
 * Opens the link of this process to its parent. The process ends when the parent is gone: by the closed channel, or where
 * the operating system has given it another parent.
 * @throws where this process was not started as a child
 */
export function openPort(): Port {
  watchParent()
  const { parentPort } = process as typeof process & { parentPort?: UtilityPort }
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    }
  }
  if (process.send === undefined) throw new Error('This program is started by the workbench, not by hand.')
  process.on('disconnect', () => process.exit(orphanCode))
  const send = process.send.bind(process)
  return {
    // A parent that has just died is noticed through the closed channel, not through an exception here.
    send: (message) => void send(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
  }
}

/** A long computation lets timers run between its chunks, so this also ends a busy child. */
function watchParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.exit(orphanCode)
  }, watchMilliseconds).unref()
}

import { fork } from 'node:child_process'
import { join } from 'node:path'
import { tail, type ChildExit, type Launch } from './child'

/**
 * Children outside Electron. `serialization: 'advanced'`, as the default JSON would destroy typed arrays.
 * @param folder where the built entries lie
 */
export const launchNodeChild =
  (folder: string): Launch =>
  (entry) => {
    const child = fork(join(folder, `${entry}.js`), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const stderr = tail()
    child.stderr?.setEncoding('utf8').on('data', stderr.push)
    let exit: ChildExit | null = null
    const listeners: ((exit: ChildExit) => void)[] = []
    const ended = (code: number | null, signal: string | null) => {
      if (exit !== null) return
      exit = { code, signal, stderr: stderr.text() }
      for (const listener of listeners) listener(exit)
    }
    child.on('close', ended)
    child.on('error', (error) => {
      stderr.push(error.message)
      if (child.pid === undefined) ended(null, null)
    })
    return {
      get pid() {
        return child.pid
      },
      send: (message) => {
        // A child that has just died answers through onExit, not through an exception here.
        if (child.connected) child.send(message as object, () => undefined)
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        if (exit === null) listeners.push(listener)
        else listener(exit)
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }

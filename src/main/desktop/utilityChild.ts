import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { tail, type ChildExit, type Launch } from '../children/child'

/** Electron tells one number, the exit code or the signal's: no program of ours ends with these. */
const killed: readonly number[] = process.platform === 'win32' ? [] : [9, 137]

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Children inside Electron; not before the app is ready.
 * @param folder where the built entries lie
 */
export const launchUtilityChild =
  (folder: string): Launch =>
  (entry) => {
    const child = utilityProcess.fork(join(folder, `${entry}.js`), [], {
      serviceName: `GAE Workbench ${entry}`,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const stderr = tail()
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk.toString('utf8')))
    let exit: ChildExit | null = null
    const listeners: ((exit: ChildExit) => void)[] = []
    child.once('exit', (code) => {
      exit = {
        ...(killed.includes(code) ? { code: null, signal: 'SIGKILL' } : { code, signal: null }),
        stderr: stderr.text(),
      }
      for (const listener of listeners) listener(exit)
    })
    return {
      get pid() {
        return child.pid
      },
      send: (message) => {
        if (exit === null) child.postMessage(message)
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        if (exit === null) listeners.push(listener)
        else listener(exit)
      },
      kill: () => {
        const { pid } = child
        child.kill()
        // What Electron sends is SIGTERM, which waits for ever in a process that is stopped.
        if (pid !== undefined) killNow(pid)
      },
    }
  }

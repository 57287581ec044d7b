import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ForkOptions, UtilityProcess } from 'electron'
import { Emitter } from './emitter'

const parentPort = pathToFileURL(join(import.meta.dirname, 'parentPort.mjs')).href

/** A utility process on Node's fork: the child finds `process.parentPort`, the parent gets messages as they are. */
class UtilityDouble extends Emitter {
  #dead = false

  constructor(private readonly child: ChildProcess) {
    super()
    child.on('message', (message) => this.emit('message', message))
    child.once('spawn', () => this.emit('spawn'))
    child.once('close', (code, signal) => {
      this.#dead = true
      // Electron tells one number: the exit code, or the signal's.
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 15))
    })
  }

  get pid(): number | undefined {
    return this.#dead ? undefined : this.child.pid
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.child.stderr
  }

  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object, () => undefined)
  }

  kill(): boolean {
    return this.child.kill('SIGTERM')
  }
}

export type UtilityPart = Pick<UtilityProcess, 'pid' | 'stderr' | 'on' | 'once' | 'postMessage' | 'kill'>

export function forkUtility(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityPart {
  const piped = Array.isArray(options.stdio) && options.stdio[2] === 'pipe'
  const child = fork(modulePath, args, {
    execArgv: ['--import', parentPort],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', piped ? 'pipe' : 'inherit', 'ipc'],
  })
  return new UtilityDouble(child) satisfies UtilityPart
}

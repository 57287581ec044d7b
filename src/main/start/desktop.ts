import { spawn } from 'node:child_process'
import { endingOf, type Ending } from './place'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface DesktopEnd {
  ending: Ending
  code: number
  signal: string | null
}

/**
 * Runs the desktop window until it is closed. Ctrl-C reaches it as well, being in the same group; it then checkpoints
 * and goes by itself.
 * @param root the folder of the app's package.json
 */
export function runDesktop(program: string, root: string, data: string | undefined): Promise<DesktopEnd> {
  const began = performance.now()
  const child = spawn(program, [root, ...(data === undefined ? [] : ['--data', data])], { stdio: 'inherit' })
  let interrupted = false
  const interrupt = (signal: NodeJS.Signals): void => {
    interrupted = true
    if (signal !== 'SIGINT') child.kill('SIGTERM')
  }
  for (const signal of signals) process.on(signal, interrupt)
  return new Promise((resolve) => {
    const ended = (code: number, signal: string | null): void => {
      for (const signal of signals) process.off(signal, interrupt)
      resolve({ ending: endingOf(signal, (performance.now() - began) / 1000, interrupted), code, signal })
    }
    child.once('error', () => ended(1, null))
    child.once('exit', (code, signal) => ended(code ?? 1, signal))
  })
}

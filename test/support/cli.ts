import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface CliResult {
  code: number | null
  signal: string | null
  /** The one JSON document of stdout; undefined where nothing was written. */
  document: unknown
  /** Lines of stderr. */
  errors: string[]
}

export interface RunningCli {
  child: ChildProcess
  result: Promise<CliResult>
}

/** Starts the built command line with --json. @param onLine gets each line of stderr (progress) */
export function startCli(args: string[], onLine: (line: string) => void = () => undefined): RunningCli {
  const child = spawn(process.execPath, ['bin/gae-workbench.js', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  createInterface(child.stderr).on('line', (line) => {
    errors.push(line)
    onLine(line)
  })
  const result = new Promise<CliResult>((resolve) =>
    child.once('close', (code, signal) =>
      resolve({ code, signal, document: text === '' ? undefined : JSON.parse(text), errors }),
    ),
  )
  return { child, result }
}

export const cli = (...args: string[]): Promise<CliResult> => startCli(args).result

import { spawn } from 'node:child_process'

const openers: Record<string, [string, string[]]> = {
  darwin: ['open', []],
  win32: ['cmd', ['/c', 'start', '']],
}

/** Opens the user's browser; where there is none to open, the printed address has to do. */
export function openAddress(url: string): void {
  const [program, before] = openers[process.platform] ?? ['xdg-open', []]
  const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface ServedWorkbench {
  url: string
  pid: number
  data: string
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'gae-workbench-'))

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })

/** The real program, served for a browser, on its own data folder. */
export async function startWorkbench(data: string): Promise<ServedWorkbench> {
  const child = spawn(process.execPath, ['bin/gae-workbench.js', 'serve', '--json', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that failed before it stopped its workbench leaves nothing that trains on beside the next.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => {
    process.off('exit', kill)
  })
  const first = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => {
      throw new Error(`serve ended at once: ${errors}`)
    }),
  ])
  const { url, pid } = JSON.parse(first) as { url: string; pid: number }
  return {
    url,
    pid,
    data,
    stop: () => {
      child.kill('SIGINT')
      return ended
    },
  }
}

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * Starts the built command line as a user does, and ends it.
 * @param childFolder where the built programs lie
 * @param until `exit`: its end; `line`: its first line on stdout, after which it is told to stop
 * @returns milliseconds from the start to that
 */
export async function timeProgram(
  childFolder: string,
  args: readonly string[],
  until: 'exit' | 'line',
): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, [join(childFolder, 'cli.js'), ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve, reject) => child.once('close', () => resolve()).once('error', reject))
  const lines = createInterface(child.stdout)
  const line = new Promise<void>((resolve) => lines.once('line', () => resolve()))
  await (until === 'exit' ? ended : Promise.race([line, ended]))
  const taken = performance.now() - began
  child.kill('SIGINT')
  await ended
  return taken
}

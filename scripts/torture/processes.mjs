// @ts-check
import { execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from '../build.mjs'

/** @typedef {{ code: number | null, signal: string | null, document: any, error: string }} Ended */

/**
 * Runs a command of the built program; `kill`, if given, is called once, `wait` milliseconds after the first line of
 * progress, or after `when` (looked at every millisecond) is true.
 * @param {string[]} args
 * @param {{ wait?: number, when?: () => boolean, kill?: (pid: number) => void }} [plan]
 * @returns {Promise<Ended>}
 */
export function command(args, { wait = 0, when, kill } = {}) {
  const child = spawn(process.execPath, ['bin/gae-workbench.js', ...args, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const arm = () => {
    clearInterval(look)
    if (kill !== undefined) timer ??= setTimeout(() => child.pid !== undefined && kill(child.pid), wait)
  }
  const look = when && setInterval(() => when() && arm(), 1)
  let [text, error] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  createInterface(child.stderr).on('line', (line) => {
    error = line
    if (when === undefined) arm()
  })
  return new Promise((resolve) =>
    child.once('close', (code, signal) => {
      clearInterval(look)
      clearTimeout(timer)
      resolve({ code, signal, document: text === '' ? null : JSON.parse(text), error })
    }),
  )
}

/** At once, for `when`. */
export const atOnce = () => true

/**
 * A command that nobody kills. @throws where it fails
 * @param {string[]} args
 */
export async function must(args) {
  const ended = await command(args)
  if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.error}`)
  return ended.document
}

/** @param {number} pid @returns {number[]} */
export function childrenOf(pid) {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return all
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0)
}

/** @param {number} pid */
export function end(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

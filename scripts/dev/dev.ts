import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { pageAddress } from '../../src/main/desktop/origin'
import { gatherFacts } from '../../src/main/start/facts'
import { choosePlace, placeLine } from '../../src/main/start/place'
import { electronFolder, Runtime } from '../../src/main/start/runtime'
import { root } from '../build.mjs'
import { serve } from './serve'

const flag = { type: 'boolean', default: false } as const
const text = { type: 'string' } as const

const lookMilliseconds = 500

/**
 * Resolves once it is asked to end. A Ctrl-C comes from the terminal, and again from npm; a plain kill of npm reaches
 * the shell between alone, which goes without a word.
 */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    const parent = process.ppid
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    setInterval(() => process.ppid !== parent && resolve(), lookMilliseconds).unref()
  })

/** electron-vite's own: main and preload are built, and the window opens. @returns its exit code */
function window(options: string[], ended: Promise<void>): Promise<number> {
  const program = join(dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')), 'bin')
  const command = [join(program, 'electron-vite.js'), 'dev', '--', ...options]
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' })
  void ended.then(() => child.kill())
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 0)))
}

/** Why the workbench is served for a browser; null where it has a window. */
async function whyServed(forced: 'desktop' | 'browser' | null): Promise<string | null> {
  if (forced === 'browser') return 'The workbench opens for a browser, as asked.'
  const runtime = new Runtime(electronFolder())
  if (runtime.program === null) {
    return `Electron's runtime is not there ("npx install-electron" fetches it), so the workbench opens for a browser.`
  }
  return placeLine(choosePlace(await gatherFacts(forced, runtime.sandboxPath)), runtime.sandboxPath)
}

/** @returns the exit code */
export async function dev(): Promise<number> {
  const { values } = parseArgs({
    options: { desktop: flag, browser: flag, data: text, port: { ...text, default: '0' } },
  })
  const ended = asked()
  const data = values.data === undefined ? [] : ['--data', values.data]
  const why = await whyServed(values.desktop ? 'desktop' : values.browser ? 'browser' : null)
  if (why === null) {
    const page = `${pageAddress} shows the page as it was last built; --browser serves it and follows the sources`
    console.log(`Electron's runtime is there, so the workbench opens in its window: ${page}.`)
    return window(data, ended)
  }
  const served = await serve(root, Number(values.port), data)
  console.log(`${why} It follows the sources: ${served.url}`)
  await ended
  await served.close()
  return 0
}

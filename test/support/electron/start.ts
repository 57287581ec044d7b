import { register } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { findBrowser, launchOptions } from '../browser'
import { ElectronDouble } from './double'
import type { WindowDouble } from './window'

const root = join(import.meta.dirname, '..', '..', '..')
const main = pathToFileURL(join(root, 'out', 'main', 'index.js')).href

/** `import ... from 'electron'` in the built main process finds the double that stands at the time. */
const hook = `
const names = ['app', 'protocol', 'session', 'dialog', 'nativeTheme', 'Menu', 'utilityProcess', 'BrowserWindow']
let count = 0
export function resolve(specifier, context, next) {
  if (specifier !== 'electron') return next(specifier, context)
  const source = 'export const { ' + names.join(', ') + ' } = globalThis.electronModule // ' + ++count
  return { url: 'data:text/javascript,' + encodeURIComponent(source), shortCircuit: true }
}`

let registered = false
let starts = 0

export interface Desktop {
  electron: ElectronDouble
  window: WindowDouble
  stop(): Promise<void>
}

const until = async (what: string, done: () => boolean): Promise<void> => {
  const end = performance.now() + 30_000
  while (!done()) {
    if (performance.now() > end) throw new Error(`${what} did not happen`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Runs the built main process with its data in `folder`, until its window shows. */
export async function startDesktop(folder: string): Promise<Desktop> {
  if (!registered) register(`data:text/javascript,${encodeURIComponent(hook)}`)
  registered = true
  const browser = await chromium.launch(launchOptions(await findBrowser()))
  const electron = new ElectronDouble({ browser })
  Object.assign(globalThis, { electronModule: electron.module() })
  const { argv } = process
  process.argv = [process.execPath, root, '--data', folder]
  await import(`${main}?start=${++starts}`).finally(() => (process.argv = argv))
  electron.becomeReady()
  const { asked } = electron
  await until('a window', () => asked.windows.some((window) => window.shown) || asked.exitCode !== null)
  const [window] = asked.windows
  if (window === undefined) throw new Error(`the main process ended: ${asked.errors.join('; ')}`)
  return {
    electron,
    window,
    stop: async () => {
      electron.quit()
      await until('the end', () => asked.exitCode !== null)
      await window.gone
      await browser.close()
    },
  }
}

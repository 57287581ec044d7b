import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type LaunchOptions } from '@playwright/test'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')

export interface Browser {
  /** Where it was found, in words. */
  source: string
  executablePath: string
  /** Variables that it needs beside the environment's own. */
  env: Record<string, string>
}

const systemNames = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']
const systemPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

function systemBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...systemPaths].find((path) => existsSync(path))
}

/** What is inside @sparticuz/chromium (Linux x64), unpacked once a version beside the packages. */
export async function unpackedChromium(): Promise<{ version: string; folder: string }> {
  const manifest = join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const folder = join(root, 'node_modules', '.cache', `chromium-${version}`)
  if (!existsSync(folder)) await unpack(folder)
  return { version, folder }
}

async function packagedBrowser(): Promise<Browser> {
  const { version, folder } = await unpackedChromium()
  const executablePath = join(folder, 'chromium')
  const { stdout } = await run('ldd', [executablePath])
  const env: Record<string, string> = {}
  if (stdout.includes('not found')) env['LD_LIBRARY_PATH'] = join(folder, 'al2023', 'lib')
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_PATH'] = join(folder, 'fonts')
  return { source: `@sparticuz/chromium ${version}`, executablePath, env }
}

/** Renamed when whole, so that nobody finds half a browser. */
async function unpack(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const temporary = await mkdtemp(`${folder}.`)
  try {
    await run(process.execPath, [join(import.meta.dirname, 'unpackChromium.mjs')], {
      env: { ...process.env, TMPDIR: temporary },
    })
    await rename(temporary, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/**
 * The browser for the tests: GAE_WORKBENCH_BROWSER, Playwright's own, the system's Chrome or Chromium, the one in
 * @sparticuz/chromium (Linux x64).
 * @throws Error that says what to install
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env['GAE_WORKBENCH_BROWSER']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`GAE_WORKBENCH_BROWSER: there is no ${named}`)
    return { source: 'GAE_WORKBENCH_BROWSER', executablePath: named, env: {} }
  }
  const own = chromium.executablePath()
  if (existsSync(own)) return { source: "Playwright's own", executablePath: own, env: {} }
  const system = systemBrowser()
  if (system !== undefined) return { source: "the system's", executablePath: system, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedBrowser()
  throw new Error(
    'No browser for the tests. Run "npx playwright install chromium", install Chrome, or set GAE_WORKBENCH_BROWSER.',
  )
}

/** Without the sandbox only as root, where Chromium refuses to start with it. */
export function launchOptions({ executablePath, env }: Browser): LaunchOptions {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    env: { ...Object.fromEntries(inherited), ...env },
  }
}

export const describeBrowser = ({ source, executablePath }: Browser): string => `Browser: ${source} (${executablePath})`

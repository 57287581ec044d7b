import { spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, expect as expectPage, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { findBrowser, launchOptions } from '../../support/browser'
import buildOnce from '../../support/built'

const root = join(import.meta.dirname, '../../..')
const copied = ['package.json', 'electron.vite.config.ts', 'scripts', 'src', 'resources', 'out/renderer']

/** A copy of the sources, to be changed; below the repository, so that it has the same packages. */
let copy: string
beforeAll(async () => {
  buildOnce()
  copy = await mkdtemp(join(root, 'out', 'dev-test-'))
  for (const path of copied) await cp(join(root, path), join(copy, path), { recursive: true })
  // Electron's package as npm installs it: without the runtime.
  await mkdir(join(copy, 'node_modules/electron/dist'), { recursive: true })
  await writeFile(join(copy, 'node_modules/electron/package.json'), '{ "name": "electron", "version": "1.2.3" }')
}, 120_000)
afterAll(() => rm(copy, { recursive: true, force: true }))

/** Changes a source of the copy. */
async function edit(path: string, from: string, to: string): Promise<void> {
  const before = await readFile(join(copy, path), 'utf8')
  expect(before).toContain(from)
  await writeFile(join(copy, path), before.replace(from, to))
}

/** `npm run dev`, the leader of a group of processes, as a terminal has it. */
function dev(args: string[], env: Record<string, string> = {}) {
  const child = spawn('npm', ['run', '--silent', 'dev', '--', '--data', join(copy, 'data'), ...args], {
    cwd: copy,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const group = -(child.pid ?? 0)
  const lines: string[] = []
  let errors = ''
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    lines,
    code,
    errors: () => errors,
    interrupt: () => process.kill(group, 'SIGINT'),
    /** Ends what a failed test left. */
    kill: () => void (left(group) && process.kill(group, 'SIGKILL')),
    left: () => left(group),
  }
}

/** True where a process of the group lives. */
function left(group: number): boolean {
  try {
    return process.kill(group, 0)
  } catch {
    return false
  }
}

const address = (lines: string[]): string | undefined => /http:\S+$/.exec(lines[0] ?? '')?.[0]

/** Status of a handshake: 101 where the socket opened, 0 where there was no answer. */
const handshake = (url: string, protocol: string[], headers: Record<string, string>): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, protocol, { headers })
    socket.once('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.once('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode))
    socket.on('error', () => resolve(0))
  })

async function onPage(use: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch(launchOptions(await findBrowser()))
  try {
    await use(await browser.newPage())
  } finally {
    await browser.close()
  }
}

describe.skipIf(process.platform === 'win32')('npm run dev', () => {
  test('without Electron serves the workbench, and the page and main follow their sources', async () => {
    const run = dev([])
    try {
      await vi.waitFor(() => expect(run.lines).not.toEqual([]), 120_000)
      expect(run.lines[0]).toMatch(/^Electron's runtime is not there .* opens for a browser\. .* http:\S+$/)
      await onPage(async (page) => {
        const sockets: string[] = []
        const faults: string[] = []
        page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname))
        page.on('pageerror', (error) => faults.push(error.message))
        page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
        const url = new URL(address(run.lines) ?? '')
        await page.goto(url.href)
        await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Home', { timeout: 120_000 })
        await page.goto(`${url.origin}/#/settings/about`)
        const log = page.getByText('.log')
        await expectPage(log).toBeVisible({ timeout: 90_000 })
        expect(sockets.toSorted()).toEqual(['/', '/api'])
        expect(faults).toEqual([])

        await page.evaluate(() => Object.assign(window, { stayed: true }))
        await edit('src/renderer/src/views/Settings/AboutPanel.vue', '<h2>GAE Workbench</h2>', '<h2>Changed</h2>')
        await expectPage(page.getByRole('heading', { name: 'Changed', exact: true })).toBeVisible({ timeout: 90_000 })
        expect(await page.evaluate(() => 'stayed' in window)).toBe(true)

        await edit('src/main/app.ts', 'logFile: log.file', "logFile: 'the new main'")
        await expectPage(async () => {
          await page.reload()
          await expectPage(page.getByText('the new main')).toBeVisible({ timeout: 2000 })
        }).toPass({ timeout: 120_000 })
      })
      run.interrupt()
      await run.code
      await vi.waitFor(() => expect(run.left()).toBe(false), 60_000)
    } finally {
      run.kill()
    }
  }, 480_000)

  test('lets in whoever has the address, once, and no other page', async () => {
    const run = dev(['--browser'])
    try {
      await vi.waitFor(() => expect(run.lines).not.toEqual([]), 120_000)
      expect(run.lines[0]).toMatch(/^The workbench opens for a browser, as asked\./)
      const { href, origin, host } = new URL(address(run.lines) ?? '')
      const status = async (url: string, headers: Record<string, string> = {}) =>
        (await fetch(url, { redirect: 'manual', headers })).status
      const source = `${origin}/src/main.ts`
      expect(await status(source)).toBe(403)
      const entered = await fetch(href, { redirect: 'manual' })
      expect(entered.status).toBe(303)
      const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      expect(await status(href)).toBe(403)
      expect(await status(source, { cookie: `${cookie}x` })).toBe(403)
      expect(await status(source, { cookie, origin: 'http://elsewhere.example' })).toBe(403)
      expect(await status(source, { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403)
      const page = await fetch(source, { headers: { cookie } })
      expect(page.status).toBe(200)
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")

      for (const [path, protocol] of [['/api'], ['/?token=none', 'vite-hmr']] as const) {
        const open = (headers: Record<string, string>) =>
          handshake(`ws://${host}${path}`, protocol === undefined ? [] : [protocol], headers)
        expect(await open({ origin })).toBe(403)
        expect(await open({ cookie })).toBe(403)
        expect(await open({ cookie, origin: 'http://elsewhere.example' })).toBe(403)
        expect(await open({ cookie, origin, host: 'elsewhere.example' })).toBe(403)
      }
      expect(await handshake(`ws://${host}/api`, [], { cookie, origin })).toBe(101)
      expect(await handshake(`ws://${host}/other`, [], { cookie, origin })).toBe(404)

      run.child.kill('SIGTERM')
      await run.code
      await vi.waitFor(() => expect(run.left()).toBe(false), 60_000)
    } finally {
      run.kill()
    }
  }, 180_000)

  test("with Electron's runtime opens its window", async () => {
    const program = join(copy, 'node_modules/electron/dist/electron')
    await writeFile(join(copy, 'node_modules/electron/path.txt'), 'electron')
    await writeFile(program, '#!/bin/sh\necho "the window of $*"\n')
    await chmod(program, 0o755)
    const run = dev(['--desktop'], { ELECTRON_EXEC_PATH: program })
    try {
      expect(await run.code).toBe(0)
      expect(run.lines[0]).toMatch(/^Electron's runtime is there, .* app:\/\/workbench\//)
      expect(run.lines.find((line) => line.startsWith('the window of'))).toContain(join(copy, 'data'))
      expect(run.left()).toBe(false)
    } finally {
      run.kill()
    }
  }, 180_000)
})

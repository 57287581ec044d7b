import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startDesktop, type Desktop } from '../support/electron/start'

test.describe('the built main process and preload, over a double of Electron', () => {
  let folder: string
  let desktop: Desktop
  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gae-desktop-'))
    desktop = await startDesktop(folder)
  })
  test.afterAll(async () => {
    await desktop.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('show the page, and it speaks with the workbench over IPC', async () => {
    const { page } = desktop.window
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await page.goto('http://workbench.localhost/#/settings/data')
    await expect(page.getByText(folder)).toBeVisible()
    expect(desktop.electron.asked.errors).toEqual([])
  })

  test('speak again after a reload', async () => {
    const { page } = desktop.window
    await page.goto('http://workbench.localhost/#/settings/data')
    await expect(page.getByText(folder)).toBeVisible()
    await page.reload()
    await expect(page.getByText(folder)).toBeVisible()
  })

  test('start the analyst as a utility process, which answers', async () => {
    const { page } = desktop.window
    await page.goto('http://workbench.localhost/#/settings/devices')
    // Each device that may be there is tried in a child of its own, with a time limit.
    await expect(page.getByRole('table', { name: 'Devices' })).toContainText('cpu', { timeout: 90_000 })
    expect(desktop.electron.asked.children.length).toBeGreaterThan(0)
  })

  test('give the page no more than it needs', async () => {
    const { options } = desktop.window
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    })
    const { page } = desktop.window
    const reach = await page.evaluate(() => ({
      bridge: Object.keys(window.workbenchBridge ?? {}).sort(),
      node: ['require', 'process', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
    }))
    expect(reach).toEqual({ bridge: ['grantPath', 'onEvent', 'send'], node: [] })
  })

  test('open no other window and go to no other page', async () => {
    const { page } = desktop.window
    const before = page.url()
    await page.evaluate(() => window.open('https://evil.example/'))
    await page.evaluate(() => (location.href = 'https://evil.example/'))
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    expect(page.url()).toBe(before)
    await expect.poll(() => page.context().pages().length).toBe(1)
  })

  test('run no script but their own', async () => {
    const { page } = desktop.window
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.body.append(script)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return 'injected' in window
    })
    expect(ran).toBe(false)
  })

  test('serve the files of the build and nothing else of the disk', async () => {
    const { handlers, schemes } = desktop.electron.asked
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ])
    const handler = handlers.get('app')
    if (handler === undefined) throw new Error('nothing serves app://')
    const status = async (url: string, method = 'GET') => (await handler(new Request(url, { method }))).status
    expect(await status('app://workbench/')).toBe(200)
    expect(await status('app://workbench/.vite/manifest.json')).toBe(404)
    expect(await status('app://workbench/%2e%2e/main/index.js')).toBe(404)
    expect(await status('app://elsewhere/')).toBe(403)
    expect(await status('app://workbench/', 'POST')).toBe(403)
  })

  test('grant no permission but writing to the clipboard', () => {
    const { permissionRequest, permissionCheck, devicePermission } = desktop.electron.asked
    const granted = (permission: string): boolean[] => {
      const answers: boolean[] = []
      const ask = permissionRequest as unknown as (contents: null, name: string, answer: (yes: boolean) => void) => void
      const check = permissionCheck as unknown as (contents: null, name: string) => boolean
      ask(null, permission, (yes) => answers.push(yes))
      return [...answers, check(null, permission)]
    }
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
    ]) {
      expect(granted(permission), permission).toEqual([false, false])
    }
    expect(granted('clipboard-sanitized-write')).toEqual([true, true])
    expect(devicePermission?.({} as never)).toBe(false)
  })
})

test('the window closes and the workbench goes, with nothing asked where nothing is under way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gae-desktop-'))
  const desktop = await startDesktop(folder)
  desktop.window.close()
  await expect.poll(() => desktop.electron.asked.exitCode).toBe(0)
  expect(desktop.electron.asked.questions).toEqual([])
  expect(desktop.electron.asked.errors).toEqual([])
  await desktop.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a data folder that cannot be had is told in a dialog, and the app ends', async () => {
  await expect(startDesktop('/dev/null/nowhere')).rejects.toThrow('GAE Workbench: ')
})

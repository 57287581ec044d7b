import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import { openAddress, openerFile } from '../../src/main/start/openAddress'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench
test.beforeEach(async () => {
  workbench = await startWorkbench(await temporaryFolder())
})
test.afterEach(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

const expectOpen = (page: Page) => expect(page.getByRole('button', { name: /^Problems/ })).toBeVisible()
/** What only an answer of the workbench holds. */
const expectAnswers = (page: Page) => expect(page.getByText(workbench.data).first()).toBeVisible()

test('reload, and a link pasted into a new tab, go on with the session; the address keeps no secret', async ({
  page,
  context,
}) => {
  const { origin } = new URL(workbench.url)
  await page.goto(workbench.url)
  await expect(page).toHaveURL(`${origin}/#/`)
  await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible()
  await page.goto(`${origin}/#/settings/data`)
  await expectAnswers(page)
  expect(page.url()).toBe(`${origin}/#/settings/data`)
  await page.reload()
  await expectAnswers(page)
  const tab = await context.newPage()
  await tab.goto(`${origin}/#/settings/data`)
  await expectAnswers(tab)
  const entries = await tab.evaluate(() => document.cookie)
  expect(entries).toBe('')
})

test('the file that opens the browser leads to the workbench, and holds the token in place of the command line', async ({
  page,
}) => {
  const before = process.env['PATH']
  // A browser that only writes down what it was started with.
  const bin = join(workbench.data, 'logs')
  const noted = join(bin, 'noted')
  await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\necho "$@" > ${noted}\n`, { mode: 0o755 })
  process.env['PATH'] = `${bin}:${before}`
  const remove = await openAddress(workbench.url, workbench.data)
  process.env['PATH'] = before
  const path = join(workbench.data, openerFile)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  if (process.platform === 'linux') {
    await expect.poll(() => readFile(noted, 'utf8').catch(() => '')).toBe(`${path}\n`)
  }
  await page.goto(pathToFileURL(path).href)
  await expectOpen(page)
  await expect(page).toHaveURL(`${new URL(workbench.url).origin}/#/`)
  await remove()
  await expect(stat(path)).rejects.toThrow('ENOENT')
})

test('a page whose workbench was restarted at the same port says how to come back, and asks no more', async ({
  page,
}) => {
  await page.goto(workbench.url)
  await expectOpen(page)
  const { port } = new URL(workbench.url)
  await workbench.stop()
  const again = spawn(
    process.execPath,
    ['bin/gae-workbench.js', 'serve', '--json', '--port', port, '--data', workbench.data],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  try {
    const [line] = (await once(createInterface(again.stdout), 'line')) as [string]
    const notice = page.getByRole('alert', { name: 'This workbench was restarted' })
    await expect(notice).toContainText('open the new link that it printed', { timeout: 20_000 })
    await expect(notice).toContainText(`gae-workbench serve --port ${port}`)
    await page.goto((JSON.parse(line) as { url: string }).url)
    await expectOpen(page)
    await expect(notice).toBeHidden()
  } finally {
    again.kill('SIGKILL')
    await once(again, 'exit')
  }
})

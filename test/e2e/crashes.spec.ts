import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { removeFolder, startWorkbench, temporaryFolder } from './support/workbench'
import { enter } from './support/enter'

test('a reload in mid-run loses nothing; a killed workbench goes on with one click', async ({ page }) => {
  const data = await temporaryFolder()
  let workbench = await startWorkbench(data)
  await page.goto(workbench.url)
  await page.getByRole('link', { name: 'New run', exact: true }).first().click()
  await page.getByRole('combobox', { name: 'Preset', exact: true }).selectOption('quick')
  // So many epochs that on any machine it still trains when the page has been loaded anew.
  await page.getByRole('spinbutton', { name: 'Epochs', exact: true }).first().fill('20000')
  await page.getByRole('button', { name: 'Start run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run', exact: true })
  await expect(run).toHaveAttribute('data-status', 'running', { timeout: 30_000 })
  const id = (await run.getAttribute('data-run')) ?? ''
  const progress = page.getByRole('progressbar', { name: 'Training progress', exact: true })
  await expect(progress).toHaveAttribute('aria-valuetext', /epoch [1-9]/, { timeout: 60_000 })

  await page.reload()
  await expect(run).toHaveAttribute('data-run', id)
  await expect(run).toHaveAttribute('data-status', 'running')
  process.kill(workbench.pid, 'SIGKILL')
  workbench = await startWorkbench(data)
  await enter(page.context(), workbench.url)
  await page.goto(`${new URL(workbench.url).origin}/#/runs/${id}`)
  await expect(run).toHaveAttribute('data-status', 'interrupted')
  await page.getByRole('button', { name: 'Resume run', exact: true }).click()
  await expect(run).toHaveAttribute('data-status', 'running', { timeout: 30_000 })
  await expect(progress).toHaveAttribute('aria-valuetext', /epoch [1-9]/, { timeout: 60_000 })
  await page.getByRole('tab', { name: 'Training', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Loss curves' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel run', exact: true }).click()
  await expect(run).toHaveAttribute('data-status', 'cancelled', { timeout: 30_000 })
  await workbench.stop()
  await removeFolder(data)
})

test('a damaged database is said on Home, and the backup is one click away', async ({ page }) => {
  const data = await temporaryFolder()
  let workbench = await startWorkbench(data)
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Quick version (under a minute)', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toHaveAttribute('data-status', /./)
  await workbench.stop()
  // The backup of the day is made at a start that finds something to lose.
  await (await startWorkbench(data)).stop()
  for (const suffix of ['-wal', '-shm']) await rm(join(data, `workbench.sqlite${suffix}`), { force: true })
  await writeFile(join(data, 'workbench.sqlite'), Buffer.alloc(8192, 1))

  workbench = await startWorkbench(data)
  await page.goto(workbench.url)
  await expect(page.getByRole('alert').first()).toContainText('The database is damaged')
  await expect(page.getByRole('alert').first()).toContainText(join(data, 'workbench.sqlite'))
  await page.getByRole('button', { name: 'Restore backup', exact: true }).click()
  // It goes on where the workbench closed, and may stand in the status bar too.
  await expect(page.getByRole('link', { name: 'quick-1', exact: true }).first()).toBeVisible()
  await expect(page.getByText('The database is damaged')).toHaveCount(0)
  await workbench.stop()
  await removeFolder(data)
})

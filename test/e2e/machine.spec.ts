import { execFileSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { removeFolder, startWorkbench, temporaryFolder } from './support/workbench'

/** Child processes of a process. */
const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0)

test('a run that no memory holds is told as it is typed and refused; a frozen trainer is told, and cancelled', async ({
  page,
}) => {
  const data = await temporaryFolder()
  const workbench = await startWorkbench(data)
  await page.goto(workbench.url)
  await page.getByRole('link', { name: 'New run', exact: true }).first().click()
  await page.getByRole('combobox', { name: 'Preset', exact: true }).selectOption('quick')
  const memory = page.getByRole('status', { name: 'Memory estimate', exact: true })
  await expect(memory).toHaveAttribute('data-level', 'fits')
  const factors = page.getByRole('spinbutton', { name: 'Factors F', exact: true })
  const mappings = page.getByRole('spinbutton', { name: 'Mapping units K', exact: true })
  const before = [await factors.inputValue(), await mappings.inputValue()] as const
  await factors.fill('65536')
  await mappings.fill('65536')
  await expect(memory).toContainText('it does not fit')
  await expect(memory).toContainText(/would fit with model\.factors \d+/)
  await page.getByRole('button', { name: 'Start run', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('[MEMORY]')

  await factors.fill(before[0])
  await mappings.fill(before[1])
  await expect(memory).toHaveAttribute('data-level', 'fits')
  await page.getByRole('spinbutton', { name: 'Epochs', exact: true }).first().fill('20000')
  await page.getByRole('button', { name: 'Start run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run', exact: true })
  const progress = page.getByRole('progressbar', { name: 'Training progress', exact: true })
  await expect(progress).toHaveAttribute('aria-valuetext', /epoch [1-9]/, { timeout: 60_000 })
  await expect.poll(() => childrenOf(workbench.pid).length).toBeGreaterThan(0)
  for (const trainer of childrenOf(workbench.pid)) process.kill(trainer, 'SIGSTOP')
  await expect(page.getByText(/not answering for \d+ s: its process is stopped/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Cancel run', exact: true }).click()
  await expect(run).toHaveAttribute('data-status', 'cancelled', { timeout: 30_000 })
  await expect.poll(() => childrenOf(workbench.pid).length).toBe(0)
  await workbench.stop()
  await removeFolder(data)
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { greyPng, rectanglePixels } from '../support/png'
import { dropFiles } from './support/drop'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench

test.beforeAll(async () => {
  workbench = await startWorkbench(await temporaryFolder())
})

test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

test('from the empty store to a finished run and a scored image', async ({ page }) => {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))

  await page.goto(workbench.url)
  expect(page.url(), 'the one-time token has left the address').not.toContain('token')
  await page.getByRole('button', { name: 'Quick version (under a minute)', exact: true }).click()

  const run = page.getByRole('region', { name: 'Run', exact: true })
  await expect(run).toHaveAttribute('data-run', /.+/)
  // How a run looks while it trains is looked at with runs that last: this one may be over before the first look.
  await expect(run).toHaveAttribute('data-status', 'done', { timeout: 150_000 })
  await page.getByRole('tab', { name: 'Training', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Loss curves' })).toBeVisible()

  await page.getByRole('tab', { name: 'Results', exact: true }).click()
  const error = page.getByRole('status', { name: 'Test error', exact: true })
  await expect(error).toHaveAttribute('data-value', /^0\.\d+/)
  const value = Number(await error.getAttribute('data-value'))
  expect(value).toBeGreaterThan(0)
  expect(value).toBeLessThan(0.03)
  const matrix = page.getByRole('table', { name: 'Confusion matrix', exact: true })
  const cells = await matrix.getByRole('button', { name: /^true .+, predicted .+: [\d,]+ images?$/ }).allInnerTexts()
  expect(cells).toHaveLength(4)

  const id = await run.getAttribute('data-run')
  const image = join(workbench.data, 'tall.png')
  await writeFile(image, await greyPng(rectanglePixels(2, 10, 22, 7), 28, 28))
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Pair lab' }).click()
  const runs = page.getByRole('listbox', { name: 'Runs to score', exact: true })
  await expect(runs).toHaveValue(id ?? '')
  await dropFiles(page, page.getByRole('group', { name: 'Image x', exact: true }), [image])

  const scores = page.getByRole('region', { name: /^Scores of quick-1/ })
  const conditional = scores.getByRole('status', { name: 'Conditional energy', exact: true })
  await expect(conditional).toHaveAttribute('data-value', /\d/)
  await expect(scores.getByRole('status', { name: 'Diagonal energy', exact: true })).toHaveAttribute('data-value', /\d/)
  await expect(page.getByRole('img', { name: /^Mapping units/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Difference x/ })).toBeVisible()

  // The same image under the other class's model has another energy.
  const tall = await conditional.getAttribute('data-value')
  await page.getByRole('combobox', { name: 'Class model', exact: true }).selectOption({ index: 1 })
  await expect(conditional).not.toHaveAttribute('data-value', tall ?? '')

  // The view is the address: a reload shows the same pair.
  const wide = await conditional.getAttribute('data-value')
  await page.reload()
  await expect(conditional).toHaveAttribute('data-value', wide ?? '')
  expect(faults).toEqual([])
})

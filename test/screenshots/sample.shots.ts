import { expect, test } from '@playwright/test'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from '../e2e/support/workbench'
import { shoot } from './shoot'

let workbench: ServedWorkbench

test.beforeAll(async () => {
  workbench = await startWorkbench(await temporaryFolder())
})

test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

test('the sample model in the Pair lab, its transformations and its dynamics', async ({ page }) => {
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Open the sample model', exact: true }).click()
  await expect(page.getByRole('img', { name: /^r\(y\|x\)/ })).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'sample-pair')

  const rail = page.getByRole('navigation', { name: 'Main' })
  await rail.getByRole('link', { name: 'Transformations', exact: true }).click()
  await expect(page.getByRole('grid', { name: 'Filters W_X', exact: true }).getByRole('gridcell').first()).toBeVisible()
  await shoot(page, 'sample-transformations')

  await rail.getByRole('link', { name: 'Dynamics', exact: true }).click()
  const field = page.getByRole('img', { name: 'Vector field', exact: true })
  await expect(field).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'sample-dynamics')
  await page.getByRole('button', { name: 'Figure 2 (b)', exact: true }).click()
  await expect(page).toHaveURL(/preset=2b/)
  await expect(field).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'sample-figure-2b')

  await page.goto(`${new URL(workbench.url).origin}/#/runs`)
  await page.getByRole('link', { name: 'sample-shifts', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toHaveAttribute('data-status', 'done')
  await shoot(page, 'sample-run')
})

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
  const give = (input: string, image: string) =>
    page.getByLabel(input, { exact: true }).setInputFiles(`resources/sample/${image}.png`)
  await give('Apply to file', '3_x')
  const film = page.getByRole('list', { name: 'Film strip', exact: true })
  await expect(film.getByRole('listitem')).toHaveCount(6, { timeout: 30_000 })
  await shoot(page, 'sample-applied', { at: film })
  await give('Image x b file', '5_x')
  await give('Image y b file', '5_y')
  const interpolated = page.getByRole('figure', { name: 't = 0.50', exact: true })
  await expect(interpolated).toBeVisible({ timeout: 30_000 })
  await shoot(page, 'sample-interpolated', { at: interpolated })

  await rail.getByRole('link', { name: 'Dynamics', exact: true }).click()
  const field = page.getByRole('img', { name: 'Vector field', exact: true })
  await expect(field).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'sample-dynamics')
  await shoot(page, 'sample-trajectory', { at: page.getByRole('region', { name: 'Film', exact: true }) })
  await page.getByRole('button', { name: 'Figure 2 (b)', exact: true }).click()
  await expect(page).toHaveURL(/preset=2b/)
  await expect(field).toBeVisible({ timeout: 60_000 })
  await shoot(page, 'sample-figure-2b')

  await page.goto(`${new URL(workbench.url).origin}/#/runs`)
  await page.getByRole('link', { name: 'sample-shifts', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toHaveAttribute('data-status', 'done')
  await shoot(page, 'sample-run')
})

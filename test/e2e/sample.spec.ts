import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench
const faults: string[] = []

test.beforeEach(async ({ page }) => {
  faults.length = 0
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  workbench = await startWorkbench(await temporaryFolder())
  await page.goto(workbench.url)
})

test.afterEach(async ({ page }) => {
  // Else it tells that the workbench went away.
  await page.close()
  await workbench.stop()
  await removeFolder(workbench.data)
  expect(faults).toEqual([])
})

const open = (page: Page) => page.getByRole('button', { name: 'Open the sample model', exact: true })
const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })
const energy = (page: Page) =>
  page
    .getByRole('region', { name: 'Scores of sample-shifts', exact: true })
    .getByRole('status', { name: 'E(y|x)', exact: true })

test('from an empty store, one click shows a relation and its energy, one more its field', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Quick version (under a minute)', exact: true })).toBeVisible()
  await open(page).click()
  await expect(page).toHaveURL(/#\/pairs\?runs=.+&x=[0-9a-f]{64}&y=[0-9a-f]{64}/)
  await expect(energy(page)).toHaveAttribute('data-value', /\d/)
  await expect(page.getByRole('img', { name: /^Mapping units/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /^r\(y\|x\)/ })).toBeVisible()

  await rail(page, 'Dynamics').click()
  await expect(page.getByRole('img', { name: 'Vector field', exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('alert')).toHaveCount(0)
  const rows = page.getByRole('table', { name: 'Integrability', exact: true })
  await expect(rows.locator('[data-key="jacobianAsymmetry"]')).toHaveAttribute('data-verdict', 'pass', {
    timeout: 60_000,
  })

  await rail(page, 'Transformations').click()
  await expect(page.getByRole('grid', { name: 'Filters W_X', exact: true }).getByRole('gridcell').first()).toBeVisible({
    timeout: 60_000,
  })
  await expect(page).toHaveURL(/#\/transformations\?run=.+&x=[0-9a-f]{64}&y=[0-9a-f]{64}/)

  // It is one run like any other, and no longer offered where there is work.
  await rail(page, 'Home').click()
  await expect(page.getByRole('table', { name: 'Recent runs', exact: true })).toContainText('sample-shifts')
  await expect(open(page)).toHaveCount(0)
})

test('the empty Pair lab offers it, and its other pairs once the slots are cleared', async ({ page }) => {
  await rail(page, 'Pair lab').click()
  await expect(page.getByText('No finished run yet.')).toBeVisible()
  await expectAccessible(page)
  await open(page).click()
  await expect(energy(page)).toHaveAttribute('data-value', /\d/)
  const first = await energy(page).getAttribute('data-value')
  for (const image of ['Clear image x', 'Clear image y']) {
    await page.getByRole('button', { name: image, exact: true }).click()
  }
  const pairs = page.getByRole('region', { name: 'Sample pairs', exact: true })
  await expect(pairs.getByRole('button')).toHaveCount(8)
  await expectAccessible(page)
  await pairs.getByRole('button', { name: 'Take sample pair 4', exact: true }).click()
  await expect(energy(page)).not.toHaveAttribute('data-value', first ?? '')
  await expect(energy(page)).toHaveAttribute('data-value', /\d/)
})

import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { expectAccessible, test as fake } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder } from './support/workbench'

const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name)

fake('recent pairs show what was scored, and open it again', async ({ page, open }) => {
  await open('#/')
  const pairs = page.getByRole('region', { name: 'Recent pairs', exact: true })
  await expect(pairs.getByRole('listitem')).toHaveText([
    'before.png and after.pngshifts-1: E(y|x) +41.307',
    'rect-test-6.pngrect-2: E +38.250',
  ])
  await expectAccessible(page)
  await pairs.getByRole('link').first().click()
  await expect(page).toHaveURL(new RegExp(`#/pairs\\?runs=r-shifts&x=${'a'.repeat(64)}&y=${'b'.repeat(64)}`))
})

test('weights from Python become a run that scores pairs', async ({ page }) => {
  const workbench = await startWorkbench(await temporaryFolder())
  try {
    await page.goto(workbench.url)
    await page.getByRole('button', { name: 'Import weights', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Import weights', exact: true })
    const file = dialog.getByLabel('Weights file', { exact: true })
    const start = dialog.getByRole('button', { name: 'Import', exact: true })

    await file.setInputFiles(fixture('npz/pickled.npz'))
    await start.click()
    await expect(dialog.getByRole('alert')).toHaveAttribute('data-code', 'NPY_PICKLED')

    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('')
    await file.setInputFiles(fixture('vectors/gae-sigmoid.weights.npz'))
    await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('gae-sigmoid')
    await start.click()
    await expect(dialog.getByText('gae-sigmoid, gated auto-encoder, is imported.')).toBeVisible()
    await dialog.getByRole('link', { name: 'Score a pair', exact: true }).click()
    await expect(page.getByRole('listbox', { name: 'Runs to score', exact: true })).toContainText('gae-sigmoid')
  } finally {
    await workbench.stop()
    await removeFolder(workbench.data)
  }
})

import { writeFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { dropFiles } from './support/drop'
import { expectAccessible, test } from './support/fakeScreens'

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Import dataset', exact: true })

/** The made-up workbench says of any file the same, and its imports go on until they are cancelled. */
async function begin(page: Page, file: string): Promise<void> {
  await writeFile(file, 'anything')
  await dropFiles(page, page.getByRole('main'), [file])
  const dialog = dialogOf(page)
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('long')
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeEnabled()
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).press('Enter')
}

test('an import shows its progress and is cancelled from its dialog', async ({ page, open }, info) => {
  await open('#/data')
  await begin(page, info.outputPath('long.idx'))
  const dialog = dialogOf(page)
  await expect(dialog.getByRole('progressbar', { name: 'Import progress' })).toHaveAttribute('value', '0.25')
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel import', exact: true }).click()
  await expect(dialog.getByText('Cancelled; nothing was imported.')).toBeVisible()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeEnabled()
})

test('an import goes on when its dialog closes, and is cancelled from the list', async ({ page, open }, info) => {
  await open('#/data')
  await begin(page, info.outputPath('long.idx'))
  await expect(dialogOf(page).getByRole('progressbar', { name: 'Import progress' })).toBeVisible()
  await page.keyboard.press('Escape')
  const making = page.getByRole('progressbar', { name: 'Progress of long', exact: true })
  await expect(making).toHaveAttribute('value', '0.25')
  await page.getByRole('button', { name: 'Cancel long', exact: true }).click()
  await expect(making).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Problems 5', exact: true })).toBeVisible()
})

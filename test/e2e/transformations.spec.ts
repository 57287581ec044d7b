import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { cli } from '../support/cli'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench

test.beforeAll(async () => {
  const data = await temporaryFolder()
  const sizes = ['--set', 'epochs=1', '--set', 'model.factors=40', '--set', 'model.mappings=20']
  const trained = await cli('train', '--preset', 'shifts-gae', ...sizes, '--data', data)
  expect(trained.code, trained.errors.at(-1)).toBe(0)
  workbench = await startWorkbench(data)
})

test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

test('filters in pairs, by mouse and keys; a transformation applied and interpolated; pictures and numbers exported', async ({
  page,
}) => {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  await page.goto(workbench.url)
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Transformations', exact: true })
    .click()
  const [left, right] = [
    page.getByRole('grid', { name: 'Filters W_X', exact: true }),
    page.getByRole('grid', { name: 'Filters W_Y', exact: true }),
  ]
  await expect(left.getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 })

  // A factor is marked in both galleries; arrows move it; P pins it to the front.
  await left.getByRole('gridcell').nth(1).click()
  const chosen = await left.locator('[aria-selected="true"]').getAttribute('data-factor')
  await expect(right.locator('[aria-selected="true"]')).toHaveAttribute('data-factor', chosen ?? '')
  await left.locator('[aria-selected="true"]').focus()
  await page.keyboard.press('ArrowRight')
  const next = await right.locator('[aria-selected="true"]').getAttribute('data-factor')
  expect(next).not.toBe(chosen)
  await page.keyboard.press('p')
  await expect(left.getByRole('gridcell').first()).toHaveAttribute('data-factor', next ?? '')
  await page.getByRole('combobox', { name: 'Sort', exact: true }).selectOption('freq')
  await expect(page).toHaveURL(/sort=freq/)

  // A pair of the held-out data, applied to another image of it.
  await page.getByRole('region', { name: 'Sample images' }).getByRole('button').first().click()
  await expect(page.getByRole('img', { name: /^Image y: shifts/ })).toBeVisible()
  const from = async (button: string, place: number) => {
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('dialog').getByRole('list').getByRole('button').nth(place).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await from('Apply to from a dataset', 2)
  const film = page.getByRole('list', { name: 'Film strip', exact: true })
  await expect(film.getByRole('listitem')).toHaveCount(6, { timeout: 30_000 })
  await from('Image x b from a dataset', 4)
  const slider = page.getByRole('slider', { name: 'Interpolation', exact: true })
  await expect(slider).toBeEnabled({ timeout: 30_000 })
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/t=0\.55/)

  const saved = async (item: string): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item, exact: true }).click()
    return readFile(await (await download).path())
  }
  const lines = String(await saved('Filters, CSV'))
    .trimEnd()
    .split('\r\n')
  expect(lines).toHaveLength(41)
  expect(String((await saved('Film strip, PNG')).subarray(1, 4))).toBe('PNG')
  expect(String((await saved('Filters WX, PNG')).subarray(1, 4))).toBe('PNG')

  await page.reload()
  await expect(film.getByRole('listitem')).toHaveCount(6, { timeout: 60_000 })
  await expectAccessible(page)
  expect(faults).toEqual([])
})

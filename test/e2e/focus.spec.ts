import { expect } from '@playwright/test'
import { test } from './support/fakeScreens'

/** Where the focus is after what had it went away. */

test('Del, Undo and opening a run leave the focus where work goes on', async ({ page, open }) => {
  await open('#/runs')
  const row = (run: string) => page.locator(`[data-run="${run}"]`)
  await row('r-rect').focus()
  await page.keyboard.press('Delete')
  await expect(row('r-rect')).toHaveCount(0)
  await expect(row('r-digits')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(row('r-rect')).toBeFocused()

  // Several at once, by the button, which goes away with its selection; and back by the toast's.
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Move to bin', exact: true }).press('Enter')
  await expect(row('r-digits')).toHaveCount(0)
  await expect(row('r-shifts')).toBeFocused()
  await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter')
  await expect(row('r-rect')).toBeFocused()

  await row('r-shifts').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'shifts-1', exact: true })).toBeFocused()
})

test('the last dataset leaves the focus on the title of its screen, and Undo gives it back', async ({ page, open }) => {
  await open('#/data')
  const rows = page.getByRole('grid', { name: 'Datasets', exact: true }).locator('[data-dataset]')
  await rows.first().focus()
  for (const left of [2, 1, 0]) {
    await page.keyboard.press('Delete')
    await expect(rows).toHaveCount(left)
    await expect(left > 0 ? rows.and(page.locator(':focus')) : page.getByRole('heading', { level: 1 })).toHaveCount(1)
  }
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toBeFocused()
})

test('a cell of the matrix brings its images into view, Enter opens the first, Escape leads back', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await open('#/runs/r-digits')
  const cell = page.getByRole('button', { name: 'true 0, predicted 1: 6 images', exact: true })
  await cell.focus()
  await page.keyboard.press('Enter')
  const first = page.getByRole('button', { name: 'Score image 100 in the Pair lab', exact: true })
  await expect(first).toBeFocused()
  await expect(first).toBeInViewport()
  await expect(page.getByRole('heading', { name: '0 as 1', exact: true })).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(cell).toBeFocused()
  await expect(cell).toBeInViewport()
})

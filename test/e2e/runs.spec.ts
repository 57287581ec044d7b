import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { expectAccessible, test } from './support/fakeScreens'

test('runs are found, sorted and tidied, by mouse and by keys', async ({ page, open }) => {
  await open('#/runs')
  const grid = page.getByRole('grid', { name: 'Runs', exact: true })
  const names = () => grid.locator('[data-run] a').allInnerTexts()
  await expect(grid).toHaveAttribute('aria-rowcount', '9')
  await expect(grid.locator('[data-run="r-digits"]')).toContainText('3.1 % [2.0, 4.2]')
  // As on Home: a run without classes has no error, and shows its loss.
  await expect(grid.locator('[data-run="r-shifts"]')).toContainText('loss 11.07')
  await expectAccessible(page)

  await grid.getByRole('button', { name: 'Test error [95 %]' }).click()
  await expect(grid.getByRole('columnheader', { name: /Test error/ })).toHaveAttribute('aria-sort', 'ascending')
  expect((await names()).slice(0, 2)).toEqual(['rect-2', 'digits-1'])

  await page.keyboard.press('/')
  const search = page.getByRole('searchbox', { name: 'Filter runs', exact: true })
  await expect(search).toBeFocused()
  await search.fill('done RECT')
  await expect(grid).toHaveAttribute('aria-rowcount', '2')
  await expect(page).toHaveURL(/q=done(\+|%20)RECT.*sort=error|sort=error.*q=done(\+|%20)RECT/)
  await search.press('Escape')

  await page.getByRole('checkbox', { name: 'Select rect-1', exact: true }).check()
  await page.getByRole('button', { name: 'Move to bin', exact: true }).click()
  await expect(grid).toHaveAttribute('aria-rowcount', '8')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(grid).toHaveAttribute('aria-rowcount', '9')

  await grid.locator('[data-run="r-rect"]').focus()
  await page.keyboard.press('ArrowDown')
  await expect(grid.locator('[data-run="r-digits"]')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(grid.locator('[data-run="r-digits"]')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Delete')
  await expect(grid.locator('[data-run="r-digits"]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Bin (1)', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Select digits-1', exact: true }).check()
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(page.getByText('The bin is empty.')).toBeVisible()
})

test('columns are chosen, moved and pinned by keyboard, and are in the link', async ({ page, open }) => {
  await open('#/runs?cols=name,error,when')
  const grid = page.getByRole('grid', { name: 'Runs', exact: true })
  const titles = () => grid.getByRole('columnheader').allInnerTexts()
  await expect(grid.locator('[data-run="r-digits"]')).toContainText('3.1 % [2.0, 4.2]')
  expect((await titles()).join()).toBe(',Name,Test error [95 %],When')

  const button = page.getByRole('button', { name: 'Columns', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('checkbox', { name: 'Name', exact: true })).toBeFocused()
  await expectAccessible(page)
  await page.getByRole('checkbox', { name: 'Seed', exact: true }).press('Space')
  await page.getByRole('checkbox', { name: 'Test error [95 %]', exact: true }).press('Alt+ArrowUp')
  await expect(page.getByRole('checkbox', { name: 'Test error [95 %]', exact: true })).toBeFocused()
  await page.getByRole('button', { name: 'Pin Name', exact: true }).press('Enter')
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await expect(page).toHaveURL(/cols=\*name,error,seed,when$/)

  await page.setViewportSize({ width: 800, height: 600 })
  await page.reload()
  expect((await titles()).join()).toBe(',Name,Test error [95 %],Seed,When')
  // Only pinned columns stay when the others scroll.
  const left = async (name: string) => (await grid.getByRole('columnheader', { name }).boundingBox())!.x
  await page.goto(`${page.url()},status,dataset,kind,engine,device`)
  await expect(grid.getByRole('columnheader', { name: 'Device' })).toBeAttached()
  const before = [await left('Name'), await left('When')]
  await grid.evaluate((scroller) => scroller.scrollTo({ left: 200 }))
  await expect.poll(() => left('When')).toBe(before[1]! - 200)
  expect(before[0]! - (await left('Name'))).toBeLessThan(30)
})

test('Enter opens a run, and Back returns to the same list', async ({ page, open }) => {
  await open('#/runs?q=digits&sort=name')
  await page.locator('[data-run="r-digits"]').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toHaveAttribute('data-run', 'r-digits')
  await page.goBack()
  await expect(page.getByRole('searchbox', { name: 'Filter runs' })).toHaveValue('digits')
})

test('an empty store says what to do next', async ({ page, open }) => {
  await open('#/runs', { empty: true })
  await expect(page.getByText('No run yet.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: 'New run' })).toBeVisible()
})

test('a finished run shows its figures, its matrix and the images behind each cell', async ({ page, open }) => {
  await open('#/runs/r-digits')
  await expect(page.getByRole('status', { name: 'Test error', exact: true })).toHaveAttribute('data-value', '0.031')
  await expect(page.getByRole('status', { name: 'Test error', exact: true })).toHaveText('3.1 % [2.0, 4.2]')
  await expect(page.getByRole('status', { name: 'Negative log-likelihood', exact: true })).toHaveAttribute(
    'data-key',
    'test.nll',
  )
  await expect(page.getByRole('img', { name: 'Loss curves', exact: true })).toBeVisible()
  const matrix = page.getByRole('table', { name: 'Confusion matrix', exact: true })
  await expect(matrix.getByRole('button')).toHaveCount(100)

  await matrix.getByRole('button', { name: 'true 0, predicted 1: 6 images', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/cell=1,2/)
  await expect(page.getByRole('list', { name: 'Misclassified images', exact: true }).getByRole('listitem')).toHaveCount(
    1,
  )
  await expectAccessible(page)

  await page.keyboard.press('3')
  await expect(page.getByRole('tab', { name: 'Errors', exact: true })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: 'All errors', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Misclassified images' }).getByRole('listitem')).toHaveCount(31)

  await page.getByRole('button', { name: 'Score image 100 in the Pair lab', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Image x', exact: true })).toContainText('digits, test no. 100')
})

test('curves are shown as a table and exported with their origin', async ({ page, open }) => {
  await open('#/runs/r-rect?tab=training')
  await page.getByRole('button', { name: 'Show as table', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Loss curves' })).toHaveAttribute('aria-rowcount', '81')
  const saved = async (item: string) => {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item, exact: true }).click()
    return readFile(await (await download).path())
  }
  const csv = String(await saved('Curves, CSV')).split('\r\n')
  expect(csv[1]).toMatch(/^r-rect,rect-2,1,rect,a{64},pretrain,0,tall,1,\d/)
  expect(String(await saved('Curves, SVG'))).toContain('rect-2 (r-rect), seed 1')
  expect([...(await saved('Curves, PNG')).subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG')
  const predictions = String(await saved('Predictions, CSV'))
    .trimEnd()
    .split('\r\n')
  expect(predictions[0]).toMatch(/split,index,label,predicted,s_0,s_1$/)
})

test('a running run tells what it does and how long it takes', async ({ page, open }) => {
  await open('#/runs/r-running')
  const bar = page.getByRole('progressbar', { name: 'Training progress', exact: true })
  await expect(bar).toHaveAttribute('aria-valuenow', '63')
  await expect(page.getByRole('status', { name: 'ETA', exact: true })).toHaveText('~4 min')
  await expect(page.getByText('training class wide (2 of 2), epoch 12 of 40')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run', exact: true })
  await expect(run).toHaveAttribute('data-status', 'cancelled')
  await page.getByRole('button', { name: 'Resume run', exact: true }).click()
  await expect(run).toHaveAttribute('data-status', 'queued')
})

test('a failed run says why, what is kept and what to do', async ({ page, open }) => {
  await open('#/runs/r-failed')
  await expect(page.getByRole('alert')).toHaveText(
    'Loss is NaN at epoch 7, batch 31. Epoch 6 is kept: duplicate with a learning rate below 0.5. [DIVERGED]',
  )
  await expect(
    page.getByText('The last good one is epoch 6 of class wide; 12 finished epochs in all are kept.'),
  ).toBeVisible()
  // The same state at the same rate would diverge again.
  const resume = page.getByRole('button', { name: 'Resume run', exact: true })
  await expect(resume).toBeEnabled()
  await expect(resume).not.toHaveClass(/primary/)
  await expect(page.getByRole('button', { name: 'Duplicate', exact: true })).toHaveClass(/primary/)
  await expectAccessible(page)
})

test('an interrupted run says at which epoch, and goes on', async ({ page, open }) => {
  await open('#/runs/r-interrupted')
  await expect(
    page.getByText('Interrupted at epoch 12 of class wide: the process that trained it ended.'),
  ).toBeVisible()
  const resume = page.getByRole('button', { name: 'Resume run', exact: true })
  await expect(resume).toHaveClass(/primary/)
  await resume.click()
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toHaveAttribute('data-status', 'queued')
})

test('a run without classes shows its losses and samples in place of a matrix', async ({ page, open }) => {
  await open('#/runs/r-shifts')
  await expect(page.getByRole('status', { name: 'Test loss', exact: true })).toHaveAttribute('data-value', '11.07')
  await expect(page.getByRole('img', { name: /^Reconstruction of sample/ })).toHaveCount(4)
  await expect(page.getByRole('table', { name: 'Confusion matrix' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Pair lab', exact: true }).nth(1).click()
  for (const which of ['x', 'y']) {
    const slot = page.getByRole('group', { name: `Image ${which}`, exact: true })
    await expect(slot).toContainText(`shifts, test no. 1, ${which}`)
  }
})

test('an unknown run is refused in words', async ({ page, open }) => {
  await open('#/runs/nowhere')
  await expect(page.getByRole('alert')).toContainText('There is no run nowhere')
})

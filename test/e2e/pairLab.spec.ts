import { writeFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { greyPng, rectanglePixels } from '../support/png'
import { dropFiles } from './support/drop'
import { expectAccessible, test } from './support/fakeScreens'

const png = (top: number) => greyPng(rectanglePixels(top, 5, 9, 14), 28, 28)
const file = async (name: string, top: number) => ({ name, mimeType: 'image/png', buffer: Buffer.from(await png(top)) })
const slot = (page: Page, which: 'x' | 'y') => page.getByRole('group', { name: `Image ${which}`, exact: true })
const query = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split('?')[1])

test('two dropped files are scored as x and y, and S swaps them', async ({ page, open }, info) => {
  await open('#/pairs?runs=r-shifts')
  await expect(page.getByText('Give image x and image y')).toBeVisible()
  const [a, b] = [info.outputPath('a.png'), info.outputPath('b.png')]
  await writeFile(a, await png(2))
  await writeFile(b, await png(15))
  await dropFiles(page, slot(page, 'x'), [a, b])

  const scores = page.getByRole('region', { name: 'Scores of shifts-1', exact: true })
  const energy = scores.getByRole('status', { name: 'E(y|x)', exact: true })
  await expect(energy).toHaveText('+41.307')
  await expect(energy).toHaveAttribute('data-key', 'pairs.0.energy.yGivenX')
  await expect(scores.getByRole('status', { name: 'E(x|y)', exact: true })).toHaveAttribute('data-value', '40.982')
  for (const name of [/^Mapping units/, /^r\(y\|x\)/, /^r\(x\|y\)/, /^Difference y/, /^Difference x/]) {
    await expect(scores.getByRole('img', { name })).toBeVisible()
  }
  await expectAccessible(page)

  const before = query(page)
  expect(before.get('x')).not.toBe(before.get('y'))
  await page.getByRole('heading', { name: 'Pair lab' }).click()
  await page.keyboard.press('s')
  await expect.poll(() => query(page).get('x')).toBe(before.get('y'))
  expect(query(page).get('y')).toBe(before.get('x'))
})

test('several files dropped on one slot are a list, and nothing covers it', async ({ page, open }, info) => {
  await open('#/pairs?runs=r-shifts')
  await expect(page.getByText('Give image x and image y')).toBeVisible()
  const files = ['a_x', 'a_y', 'b_x', 'b_y'].map((name) => info.outputPath(`${name}.png`))
  for (const [index, path] of files.entries()) await writeFile(path, await png(2 + index))
  await dropFiles(page, slot(page, 'x'), files)
  await expect(page.getByRole('grid', { name: 'Pairs', exact: true })).toHaveAttribute('aria-rowcount', '3')
  await expect(page.getByText('Drop images named')).toHaveCount(0)
})

test('the cursor marks the same pixel in all pictures and tells their values', async ({ page, open }) => {
  await open('#/pairs?runs=r-shifts')
  await page.getByRole('button', { name: /^Take no. 0/ }).click()
  const picture = page.getByRole('img', { name: /^r\(y\|x\)/ })
  await picture.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('region', { name: 'Status bar', exact: true })).toContainText(
    /row 1, column 0 · x \S+ · y \S+ · r\(y\|x\)/,
  )
  const width = async () => (await picture.boundingBox())!.width
  const before = await width()
  await page.keyboard.press('+')
  await expect.poll(width).toBe(before + 13)
  await expect(page).toHaveURL(/zoom=/)
})

test('a classifier shows the class scores and the model of the chosen class', async ({ page, open }) => {
  await open('#/pairs')
  await expect(page.getByRole('listbox', { name: 'Runs to score', exact: true })).toHaveValues(['r-rect'])
  await expect(slot(page, 'y')).toContainText('y = x')
  await page.getByLabel('Image x file', { exact: true }).setInputFiles(await file('tall.png', 3))
  const scores = page.getByRole('region', { name: 'Scores of rect-2', exact: true })
  await expect(scores.getByRole('status', { name: 'Conditional energy', exact: true })).toHaveAttribute(
    'data-value',
    '38.25',
  )
  await expect(scores.getByRole('status', { name: 'Diagonal energy', exact: true })).toHaveText('-12.042')
  await expect(scores.locator('[data-key="posterior.1"]')).toHaveAttribute('data-value', /^0\.\d+/)
  await page.getByRole('combobox', { name: 'Class model', exact: true }).selectOption('wide')
  await expect(page).toHaveURL(/class=1/)
  await expect(scores).toContainText('model of class wide')
  await expectAccessible(page)

  await page.getByRole('listbox', { name: 'Runs to score' }).selectOption(['r-rect', 'r-digits'])
  await expect(page.getByRole('region', { name: 'Scores of digits-1', exact: true })).toBeVisible()
})

test('a pasted image goes into the slot that has the focus', async ({ page, open }) => {
  await open('#/pairs?runs=r-shifts')
  await slot(page, 'y').focus()
  const bytes = [...(await png(6))]
  await page.evaluate((content) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([new Uint8Array(content)], 'pasted.png', { type: 'image/png' }))
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, bytes)
  await expect(slot(page, 'y')).toContainText('pasted.png')
  await expect(page.getByText('Give image x too')).toBeVisible()
  expect(query(page).get('x')).toBeNull()
})

test('a file that is no image is refused in its slot, which keeps what it had', async ({ page, open }) => {
  await open('#/pairs')
  const input = page.getByLabel('Image x file', { exact: true })
  await input.setInputFiles(await file('good.png', 3))
  await expect(slot(page, 'x')).toContainText('good.png')
  await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no image') })
  await expect(slot(page, 'x').getByRole('alert')).toContainText('notes.txt: This is no image')
  await expect(slot(page, 'x')).toContainText('good.png')
})

test('an image of a dataset is taken without a file', async ({ page, open }) => {
  await open('#/pairs')
  await page.getByRole('button', { name: 'Image x from a dataset', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take tall, no. 6 of rect', exact: true }).click()
  await expect(slot(page, 'x')).toContainText('rect, test no. 6')
  await expect(page.getByRole('region', { name: 'Scores of rect-2' })).toBeVisible()
})

test('without a finished run the Pair lab leads to training one', async ({ page, open }) => {
  await open('#/pairs', { empty: true })
  await expect(page.getByText('No finished run yet.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Train one' })).toBeVisible()
})

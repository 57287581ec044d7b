import { gzipSync } from 'node:zlib'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { idx } from '../support/idx'
import { dropFiles } from './support/drop'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

const side = 8
const count = 120

/** Bars, lying (0) or standing (1), one after the other. */
function bars(): { images: Uint8Array; labels: Uint8Array } {
  const pixels = new Uint8Array(count * side * side)
  const kinds = new Uint8Array(count)
  for (let image = 0; image < count; image++) {
    kinds[image] = image % 2
    const line = (image * 5) % side
    for (let place = 0; place < side; place++) {
      pixels[image * side * side + (kinds[image] === 0 ? line * side + place : place * side + line)] = 255
    }
  }
  return { images: idx([count, side, side], pixels), labels: idx([count], kinds) }
}

let workbench: ServedWorkbench
let files: { images: string; labels: string; broken: string }

test.beforeAll(async () => {
  workbench = await startWorkbench(await temporaryFolder())
  const inFolder = (name: string) => join(workbench.data, name)
  files = {
    images: inFolder('bars-images-idx3-ubyte.gz'),
    labels: inFolder('bars-labels-idx1-ubyte.gz'),
    broken: inFolder('broken-images-idx3-ubyte'),
  }
  const { images, labels } = bars()
  await writeFile(files.images, gzipSync(images))
  await writeFile(files.labels, gzipSync(labels))
  await writeFile(files.broken, images.subarray(0, images.length - 100))
})

test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

test('files become a dataset, looked at, trained on, binned and restored', async ({ page }) => {
  await page.goto(workbench.url)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets', exact: true }).click()
  await page.getByRole('button', { name: 'Import dataset', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Import dataset', exact: true })

  await test.step('a file with a fault imports nothing and says why', async () => {
    await dialog.getByLabel('Files', { exact: true }).setInputFiles(files.broken)
    await expect(dialog.getByRole('alert')).toHaveAttribute('data-code', 'IDX_TRUNCATED')
    await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(page.getByText('No datasets yet.')).toBeVisible()
  })

  await test.step('dropped files fill the import', async () => {
    await dropFiles(page, page.getByRole('main'), [files.labels, files.images])
    await expect(dialog.getByText('IDX: 120 images of 8x8, 2 classes')).toBeVisible()
    await expect(dialog.getByRole('spinbutton', { name: 'Train', exact: true })).toHaveValue('96')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('bars')
    await dialog.getByRole('spinbutton', { name: 'Validation', exact: true }).fill('20')
    await dialog.getByRole('spinbutton', { name: 'Test', exact: true }).fill('30')
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page).toHaveURL(/#\/data\/[^?]+$/)
  })

  await test.step('its images are there with index and label, and the selected one is in the link', async () => {
    const grid = page.getByRole('grid', { name: 'Images', exact: true })
    await expect(page.getByRole('combobox', { name: 'Split' })).toContainText('train, 70')
    await grid.getByRole('gridcell').first().click()
    await page.keyboard.press('ArrowRight')
    await expect(grid.locator('[data-place="1"]')).toBeFocused()
    await expect(grid.locator('[data-place="1"]')).toHaveAccessibleName(/^image 1, [01]$/)
    await expect(page).toHaveURL(/at=1/)
    await page.keyboard.press('End')
    await expect(grid.locator('[data-place="69"]')).toBeFocused()
    await page.getByRole('combobox', { name: 'Class' }).selectOption('1')
    await expect(grid.getByRole('gridcell').first()).toHaveAccessibleName(/^image \d+, 1$/)
    await page.reload()
    await expect(page.getByRole('combobox', { name: 'Class' })).toHaveValue('1')
  })

  await test.step('the class as a whole: mean image, histogram, class counts', async () => {
    await expect(page.getByRole('img', { name: /^Mean image, 8x8, min 0, max 0\.\d+, mean 0\.125/ })).toBeVisible()
    await expect(page.getByRole('img', { name: 'Pixels, histogram', exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Show as table', exact: true }).click()
    const lowest = page.getByRole('table', { name: 'Pixels, histogram' }).getByRole('row').nth(1)
    const inClass = page.getByRole('region', { name: 'Classes in train' }).getByRole('row', { name: /^1 / })
    // One line of eight pixels in each image of the class, the others are 0.
    const images = Number(await inClass.getByRole('cell').last().innerText())
    expect(images).toBeGreaterThan(20)
    await expect(lowest.getByRole('cell').last()).toHaveText(String(images * (side * side - side)))
  })

  await test.step('a run on it begins from the form', async () => {
    await page.getByRole('link', { name: 'Train on it', exact: true }).click()
    const form = page.getByRole('form', { name: 'New run', exact: true })
    await expect(form.getByRole('combobox', { name: 'Dataset', exact: true })).toHaveValue('bars')
    const json = form.getByRole('textbox', { name: 'Spec (JSON)', exact: true })
    await json.fill(
      JSON.stringify({ model: { kind: 'ae', hidden: 0 }, dataset: 'bars', epochs: 2, batchSize: 10, classifier: {} }),
    )
    const hidden = form.getByRole('spinbutton', { name: 'Hidden units H', exact: true })
    await expect(hidden).toHaveAccessibleDescription('at least 1')
    await expect(form.getByRole('button', { name: 'Start run', exact: true })).toBeDisabled()
    await hidden.fill('8')
    await expect(json).toHaveValue(/"hidden": 8/)
    await expect(form.getByRole('spinbutton', { name: 'Factors F', exact: true })).toHaveCount(0)
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('bars by keys')
    await page.keyboard.press('Control+Enter')
    const run = page.getByRole('region', { name: 'Run', exact: true })
    await expect(run).toHaveAttribute('data-status', 'done', { timeout: 60_000 })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('bars by keys')
  })

  await test.step('Del bins it, Undo brings it back', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    const row = page.getByRole('grid', { name: 'Datasets', exact: true }).getByRole('row', { name: /^bars / })
    await row.focus()
    await page.keyboard.press('Delete')
    await expect(row).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(row).toHaveCount(1)
  })
})

test('a generated dataset opens by itself', async ({ page }) => {
  // The one-time token is spent: another window needs the cookie of a new start.
  const own = await startWorkbench(await temporaryFolder())
  try {
    await page.goto(own.url)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets', exact: true }).click()
    await page.getByRole('button', { name: 'Generate', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Generate dataset', exact: true })
    await dialog.getByRole('combobox', { name: 'Generator', exact: true }).selectOption('shifts')
    await dialog.getByRole('spinbutton', { name: 'Train', exact: true }).fill('200')
    await dialog.getByRole('spinbutton', { name: 'Validation', exact: true }).fill('20')
    await dialog.getByRole('spinbutton', { name: 'Test', exact: true }).fill('20')
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
    await expect(page).toHaveURL(/#\/data\/[^?]+$/)
    await expect(page.getByRole('grid', { name: 'Images', exact: true }).getByRole('gridcell').first()).toBeVisible()
    await expect(page.getByRole('img', { name: /^Image y/ })).toBeVisible()
  } finally {
    await own.stop()
    await removeFolder(own.data)
  }
})

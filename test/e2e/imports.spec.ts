import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { grey, png } from '../support/pngFile'
import { dropFiles } from './support/drop'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

const side = 6

/** A bar, lying (0) or standing (1). */
function bar(index: number): { pixels: number[]; label: number } {
  const pixels = new Array<number>(side * side).fill(0)
  const label = index % 2
  const line = Math.floor(index / 2) % side
  for (let place = 0; place < side; place++) pixels[label === 0 ? line * side + place : place * side + line] = 1
  return { pixels, label }
}

const amat = (count: number): string =>
  Array.from({ length: count }, (_, index) => `${bar(index).pixels.join(' ')} ${bar(index).label}\n`).join('')

const image = (index: number): Uint8Array =>
  png(
    side,
    side,
    grey,
    bar(index).pixels.map((value) => 255 * value),
  )

let workbench: ServedWorkbench
let sources: string

test.beforeEach(async ({ page }) => {
  workbench = await startWorkbench(await temporaryFolder())
  sources = await temporaryFolder()
  await page.goto(workbench.url)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets', exact: true }).click()
  // Until its screen is there, a drop falls on the one before.
  await expect(page.getByRole('heading', { level: 1, name: 'Datasets', exact: true })).toBeVisible()
})

test.afterEach(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
  await removeFolder(sources)
})

const drop = (page: Page, ...names: string[]) =>
  dropFiles(
    page,
    page.getByRole('main'),
    names.map((name) => join(sources, name)),
  )
const importDialog = (page: Page) => page.getByRole('dialog', { name: 'Import dataset', exact: true })

test('published .amat files are dropped on the window, imported and trained on, to a result', async ({ page }) => {
  await writeFile(join(sources, 'bars_train.amat'), amat(120))
  await writeFile(join(sources, 'bars_test.amat'), amat(60))
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Home', exact: true })).toBeVisible()
  await drop(page, 'bars_test.amat', 'bars_train.amat')
  await page.getByRole('button', { name: 'Import as a dataset', exact: true }).click()
  const dialog = importDialog(page)
  await expect(dialog.getByText('amat: 180 images of 6x6, 2 classes')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('bars')
  await dialog.getByRole('spinbutton', { name: 'Validation', exact: true }).fill('24')
  await dialog.getByRole('spinbutton', { name: 'Validation', exact: true }).press('Tab')
  await expect(dialog.getByRole('spinbutton', { name: 'Train', exact: true })).toHaveValue('96')
  await expect(dialog.getByText('test as the files have them; validation: the last rows, as published')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).press('Enter')

  await expect(page).toHaveURL(/#\/data\/[^?]+$/)
  await expect(page.getByText('Validation rows')).toBeVisible()
  await page.getByRole('link', { name: 'Train on it', exact: true }).click()
  const spec = {
    model: { kind: 'mcae', hidden: 12, factors: 12, mappings: 6 },
    dataset: 'bars',
    optimizer: { kind: 'adam', learningRate: 0.01 },
    epochs: 10,
    batchSize: 12,
    classifier: { finetune: 'scales', epochs: 30 },
  }
  await page.getByRole('textbox', { name: 'Spec (JSON)', exact: true }).fill(JSON.stringify(spec))
  await page.getByRole('button', { name: 'Start run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run', exact: true })
  await expect(run).toHaveAttribute('data-status', 'done', { timeout: 120_000 })
  const error = page.getByRole('status', { name: 'Test error', exact: true })
  await expect(error).toHaveAttribute('data-value', /^\d/)
  // Bars that were all seen in training: far from the half of a guess.
  expect(Number(await error.getAttribute('data-value'))).toBeLessThan(0.25)
  await expect(page.getByRole('table', { name: 'Confusion matrix', exact: true })).toBeVisible()
})

test('a dropped folder has a sub-folder a class; one without can be a film', async ({ page }) => {
  for (const [index, folder] of ['lying', 'standing'].entries()) {
    await mkdir(join(sources, 'shapes', folder), { recursive: true })
    await mkdir(join(sources, 'film'), { recursive: true })
    for (let place = 0; place < 10; place++) {
      await writeFile(join(sources, 'shapes', folder, `${place}.png`), image(2 * place + index))
      await writeFile(join(sources, 'film', `${10 * index + place}.png`), image(place))
    }
  }
  const dialog = importDialog(page)
  const frames = dialog.getByRole('checkbox', { name: /^Consecutive frames as pairs/ })

  await drop(page, 'shapes')
  await expect(dialog.getByText('images: 20 images of 6x6, 2 classes')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('shapes')
  await expect(frames).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Class' })).toContainText('standing')

  await drop(page, 'film')
  await expect(dialog.getByText('images: 20 images of 6x6, no labels')).toBeVisible()
  await frames.check()
  await expect(dialog.getByText('consecutive images: 19 pairs of 6x6, no labels')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'film' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Image y/ })).toBeVisible()

  await page.getByRole('link', { name: 'All datasets', exact: true }).click()
  await page.getByRole('button', { name: 'Import dataset', exact: true }).click()
  await dialog.getByLabel('Folder', { exact: true }).setInputFiles(join(sources, 'shapes'))
  await expect(dialog.getByText('images: 20 images of 6x6, 2 classes')).toBeVisible()
  await expect(dialog.getByText('a dataset of this name exists')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
})

test('rows that are no square ask for their shape', async ({ page }) => {
  await writeFile(
    join(sources, 'wide.csv'),
    Array.from({ length: 20 }, (_, i) => `${i},0,255,0,1,1,${i % 2}\n`).join(''),
  )
  const dialog = importDialog(page)
  await drop(page, 'wide.csv')
  await expect(dialog.getByRole('alert')).toHaveAttribute('data-code', 'SHAPE_NEEDED')
  await dialog.getByRole('textbox', { name: 'Shape of an image', exact: true }).fill('2x3')
  await expect(dialog.getByText('CSV: 20 images of 2x3, 2 classes')).toBeVisible()
})

test('a file with two readings is read as is chosen, and what was understood stays with the dataset', async ({
  page,
}) => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i % 2},${i % 17},16,3,0`)
  await writeFile(join(sources, 'digits.csv'), `label,a,b,c,d\n${rows.join('\n')}\n`)
  const dialog = importDialog(page)
  await drop(page, 'digits.csv')
  await expect(dialog.getByRole('alert')).toContainText('Its whole numbers go from 0 to 16')
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'scale 0,16', exact: true }).click()
  await expect(dialog.getByText('digits.csv: 0 becomes 0, 16 becomes 1')).toBeVisible()
  await expect(dialog.getByRole('combobox', { name: 'Scale', exact: true })).toHaveValue('range')
  await expect(dialog.getByRole('spinbutton', { name: 'Becomes 1', exact: true })).toHaveValue('16')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page).toHaveURL(/#\/data\/[^?]+$/)
  await expect(page.getByText('digits.csv: 0 becomes 0, 16 becomes 1')).toBeVisible()
})

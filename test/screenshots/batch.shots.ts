import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { dropFiles } from '../e2e/support/drop'
import { test } from '../e2e/support/fakeScreens'
import { greyPng, rectanglePixels } from '../support/png'
import { shoot } from './shoot'

/** The Batch tab of the Pair lab. */
const link = '#/pairs?tab=batch&runs='
const images = 40

const progress = (page: Page) => page.getByRole('status', { name: 'Progress', exact: true })

/** A folder of images and a list of pairs of them. @param refused whether some of the files are no images */
async function folderOfPairs(path: string, pairs: number, { refused = false } = {}): Promise<string> {
  await mkdir(path)
  const name = (n: number) => `rectangle-${String(n % images).padStart(2, '0')}.png`
  for (let n = 0; n < images; n++) {
    const png = await greyPng(rectanglePixels(n % 13, n % 9, 5 + (n % 10), 17 - (n % 12)), 28, 28)
    await writeFile(join(path, name(n)), refused && n % 16 === 3 ? 'no image' : png)
  }
  const rows = Array.from({ length: pairs }, (_, n) => `${name(n)},${name(7 * n + Math.floor(n / images))}`)
  if (refused) rows[1] = `rectangle-99.png,${name(1)}`
  await writeFile(join(path, 'pairs.csv'), ['x,y', ...rows].join('\n'))
  return path
}

test('batch-empty', async ({ page, open }) => {
  await open(`${link}r-shifts`)
  await expect(page.getByText('Drop many pairs')).toBeVisible()
  await shoot(page, 'batch-empty')
})

test('batch-filling', async ({ page, open }, info) => {
  await open(`${link}r-shifts`, { mostScored: 12 })
  await dropFiles(page, page.getByRole('tabpanel'), [await folderOfPairs(info.outputPath('filling'), 24)])
  await expect(page.getByText('Scored 12 of 24 pairs')).toBeVisible()
  await shoot(page, 'batch-filling', { busy: true })
})

test('batch-ranked', async ({ page, open }, info) => {
  await open(`${link}r-shifts`)
  await dropFiles(page, page.getByRole('tabpanel'), [await folderOfPairs(info.outputPath('ranked'), 160)])
  await expect(progress(page)).toHaveText('160 pairs')
  await shoot(page, 'batch-ranked')
  await page.getByRole('combobox', { name: 'Run', exact: true }).selectOption({ label: 'rect-2' })
  await expect(progress(page)).toHaveText('160 pairs')
  await shoot(page, 'batch-classifier')
})

test('batch-refused', async ({ page, open }, info) => {
  await open(`${link}r-shifts&sort=row`)
  await dropFiles(page, page.getByRole('tabpanel'), [
    await folderOfPairs(info.outputPath('refused'), 160, { refused: true }),
  ])
  await expect(page.getByText(/^160 pairs, \d+ refused$/)).toBeVisible()
  await shoot(page, 'batch-refused')
})

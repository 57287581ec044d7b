import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { dropFiles } from './support/drop'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

/** Folders that are dropped where images are held: on slots, on the list that a transformation is applied to, beside. */

let workbench: ServedWorkbench
let sources: string
const faults: string[] = []

test.beforeEach(async ({ page }) => {
  faults.length = 0
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  workbench = await startWorkbench(await temporaryFolder())
  sources = await temporaryFolder()
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Open the sample model', exact: true }).click()
  await expect(group(page, 'Image x')).toContainText('1_x.png')
})

test.afterEach(async ({ page }) => {
  await page.close()
  await workbench.stop()
  await removeFolder(workbench.data)
  await removeFolder(sources)
  expect(faults).toEqual([])
})

const group = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })

/** A folder of images of the sample, in a folder within, beside what a system leaves there. */
async function folder(name: string, ...images: string[]): Promise<string> {
  await mkdir(join(sources, name, 'within'), { recursive: true })
  await writeFile(join(sources, name, '.DS_Store'), 'no image')
  for (const image of images) {
    await copyFile(join('resources/sample', `${image}.png`), join(sources, name, 'within', `${image}.png`))
  }
  return join(sources, name)
}

test('a folder dropped on Transformations fills the pair, the second pair, and what is transformed', async ({
  page,
}) => {
  await rail(page, 'Transformations').click()
  await expect(group(page, 'Apply to')).toBeVisible({ timeout: 60_000 })
  await dropFiles(page, group(page, 'Image y'), [await folder('pair', '3_x', '3_y')])
  await expect(group(page, 'Image x')).toContainText('3_x.png')
  await expect(group(page, 'Image y')).toContainText('3_y.png')

  await dropFiles(page, group(page, 'Apply to'), [await folder('others', '2_x', '4_x', '5_x')])
  await expect(group(page, 'Apply to')).toContainText('3 of at most 20')
  await expect(page.getByRole('list', { name: 'Film strip 3', exact: true }).getByRole('listitem')).toHaveCount(6, {
    timeout: 30_000,
  })

  await dropFiles(page, group(page, 'Image x b'), [await folder('second', '4_x', '4_y')])
  await expect(group(page, 'Image x b')).toContainText('4_x.png')
  await expect(group(page, 'Image y b')).toContainText('4_y.png')
  await expect(group(page, 'Image x')).toContainText('3_x.png')
})

test('a folder dropped on Dynamics fills the pair, on a slot or beside; a slot of the plane takes its first image', async ({
  page,
}) => {
  await rail(page, 'Dynamics').click()
  // The Pair lab that was there before has a slot of the same name.
  await expect(page.getByRole('heading', { name: 'Dynamics', exact: true })).toBeVisible()
  await expect(group(page, 'Image x')).toContainText('1_x.png')
  await dropFiles(page, group(page, 'Image x'), [await folder('pair', '3_x', '3_y')])
  await expect(group(page, 'Image x')).toContainText('3_x.png')
  await expect(group(page, 'Image y')).toContainText('3_y.png')
  await dropFiles(page, page.getByRole('heading', { name: 'Dynamics', exact: true }), [
    await folder('beside', '5_x', '5_y'),
  ])
  await expect(group(page, 'Image x')).toContainText('5_x.png')
  await expect(group(page, 'Image y')).toContainText('5_y.png')

  await page.getByRole('combobox', { name: 'Plane', exact: true }).selectOption('images')
  await dropFiles(page, group(page, 'Plane image 2'), [await folder('plane', '2_y', '4_y')])
  await expect(group(page, 'Plane image 2')).toContainText('2_y.png')
  await expect(group(page, 'Image x')).toContainText('5_x.png')
})

import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench

test.beforeEach(async ({ page }) => {
  workbench = await startWorkbench(await temporaryFolder())
  await page.goto(workbench.url)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets', exact: true }).click()
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
})

test.afterEach(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Generate dataset', exact: true })
const number = (page: Page, name: string) => dialogOf(page).getByRole('spinbutton', { name, exact: true })
const example = (page: Page, name: string | RegExp) =>
  dialogOf(page).getByRole('region', { name: 'Preview' }).getByRole('img', { name })

/** The pixels of an example's first picture. */
const pixelsOf = (page: Page, name: string) =>
  example(page, name)
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())

test('shows what it would make, says what is wrong where it is typed, and makes it', async ({ page }) => {
  await expect(example(page, /^Image 0, (tall|wide)$/)).toBeVisible()
  await dialogOf(page).getByRole('combobox', { name: 'Generator', exact: true }).selectOption('affine')
  await expect(example(page, 'Pair 7')).toBeVisible()
  await expect(dialogOf(page).getByText('The first training pairs, 13x13')).toBeVisible()

  await number(page, 'Density').fill('2')
  await expect(number(page, 'Density')).toHaveAccessibleDescription('at most 0.9')
  await number(page, 'Largest shift').fill('1.5')
  await expect(number(page, 'Largest shift')).toHaveAccessibleDescription('a whole number is needed')
  await expect(dialogOf(page).getByRole('button', { name: 'Generate', exact: true })).toBeDisabled()
  await number(page, 'Density').fill('0.3')
  await number(page, 'Largest shift').fill('1')
  await number(page, 'Height').fill('9')
  await number(page, 'Width').fill('11')
  await expect(dialogOf(page).getByText('The first training pairs, 9x11')).toBeVisible()
  const before = await pixelsOf(page, 'Pair 0')
  await number(page, 'Seed').fill('4')
  await expect.poll(() => pixelsOf(page, 'Pair 0')).not.toBe(before)
  await expectAccessible(page)

  await number(page, 'Train').fill('30')
  await number(page, 'Validation').fill('5')
  await number(page, 'Test').fill('5')
  const shown = await pixelsOf(page, 'Pair 0')
  await dialogOf(page).getByRole('button', { name: 'Generate', exact: true }).click()
  await expect(page).toHaveURL(/#\/data\/[^?]+$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('affine-4')
  await expect(page.getByText('Largest shift')).toBeVisible()
  const first = page.getByRole('grid', { name: 'Images', exact: true }).locator('[data-place="0"] canvas').first()
  await expect(first).toBeVisible()
  expect(await first.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())).toBe(shown)
})

test('asks for the images that it varies', async ({ page }) => {
  await dialogOf(page).getByRole('combobox', { name: 'Generator', exact: true }).selectOption('mnist-rot')
  const source = dialogOf(page).getByRole('combobox', { name: 'Source', exact: true })
  await expect(source).toHaveAccessibleDescription(/varies the images of an imported dataset/)
  await expect(dialogOf(page).getByRole('button', { name: 'Generate', exact: true })).toBeDisabled()
  await expect(dialogOf(page).getByText('Examples are shown here.')).toBeVisible()
})

test('tells how far it is, and is cancelled from the dialog or from the list', async ({ page }) => {
  const begin = async () => {
    await dialogOf(page).getByRole('combobox', { name: 'Generator', exact: true }).selectOption('convex')
    await dialogOf(page).getByRole('textbox', { name: 'Name', exact: true }).fill('long')
    await number(page, 'Train').fill('1000000')
    await dialogOf(page).getByRole('button', { name: 'Generate', exact: true }).click()
    await expect(dialogOf(page).getByRole('progressbar', { name: 'Generation progress' })).toHaveAttribute(
      'value',
      /0\.\d/,
    )
  }
  await begin()
  await dialogOf(page).getByRole('button', { name: 'Cancel generation', exact: true }).click()
  await expect(dialogOf(page).getByText('Cancelled; nothing was made.')).toBeVisible()
  await expect(dialogOf(page).getByRole('alert')).toHaveCount(0)

  await begin()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('progressbar', { name: 'Progress of long', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel long', exact: true }).click()
  await expect(page.getByRole('progressbar', { name: 'Progress of long', exact: true })).toHaveCount(0)
  await expect(page.getByText('No datasets yet.')).toBeVisible()
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { cli } from '../support/cli'
import { greyPng, rectanglePixels } from '../support/png'
import { dropFiles } from './support/drop'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench
let image: string

test.beforeAll(async () => {
  const data = await temporaryFolder()
  const trained = await cli('train', '--preset', 'quick', '--set', 'epochs=2', '--data', data)
  expect(trained.code).toBe(0)
  image = join(data, 'tall.png')
  await writeFile(image, await greyPng(rectanglePixels(2, 10, 22, 7), 28, 28))
  workbench = await startWorkbench(data)
})

test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

test('a dropped image is followed through the field; Figure 2 is one click; numbers and pictures are exported', async ({
  page,
}) => {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  await page.goto(workbench.url)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dynamics', exact: true }).click()
  await expect(page.getByText('Give an image: the field starts there.')).toBeVisible()
  for (const name of ['Figure 2 (a)', 'Figure 2 (b)', 'Run']) {
    const button = page.getByRole('button', { name, exact: true })
    await expect(button).toBeDisabled()
    await expect(button).toHaveAttribute('title', 'Give an image: the field starts there.')
  }
  await dropFiles(page, page.getByRole('group', { name: 'Image x', exact: true }), [image])

  const field = page.getByRole('img', { name: 'Vector field', exact: true })
  await expect(field).toBeVisible({ timeout: 60_000 })
  const row = (key: string) =>
    page.getByRole('table', { name: 'Integrability', exact: true }).locator(`[data-key="${key}"]`)
  for (const key of ['jacobianAsymmetry', 'loopIntegralRelative', 'pathIndependence.relative', 'equivalence.maxAbs']) {
    await expect(row(key)).toHaveAttribute('data-verdict', 'pass', { timeout: 60_000 })
  }
  await expect(page.getByRole('combobox', { name: 'Field', exact: true })).toHaveValue('both')

  // The data lies on the plane of its components, by class; on no other.
  const drawn = page.getByText('300 drawn of 1,000')
  await expect(drawn).toBeVisible()
  const legend = page.getByRole('list', { name: 'Classes of the training images', exact: true })
  await expect(legend.getByRole('listitem')).toHaveText(['tall', 'wide'])
  const shown = page.getByRole('checkbox', { name: 'Training images', exact: true })
  const picture = () => field.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  const marked = await picture()
  await shown.uncheck()
  await expect(page).toHaveURL(/bare/)
  await expect(legend).toHaveCount(0)
  expect(await picture()).not.toBe(marked)
  await shown.check()
  expect(await picture()).toBe(marked)

  await page.getByRole('button', { name: 'Figure 2 (b)', exact: true }).click()
  await expect(page).toHaveURL(/preset=2b/)
  await expect(page.getByRole('combobox', { name: 'Field', exact: true })).toHaveValue('fixed')
  await expect(page.getByRole('combobox', { name: 'Plane', exact: true })).toHaveValue('iterates')
  await expect(drawn).toHaveCount(0, { timeout: 60_000 })
  await expect(page.getByText('At each step the energy rises by at least ½‖F‖², as promised.')).toBeVisible({
    timeout: 60_000,
  })
  const film = page.getByRole('list', { name: 'Trajectory', exact: true })
  await expect(film.getByRole('listitem')).toHaveCount(6, { timeout: 60_000 })

  // By keys alone: the start moves on the plane, more steps are walked, the trajectory plays on.
  await field.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/at=/)
  await page.getByRole('spinbutton', { name: 'Steps', exact: true }).fill('8')
  await page.keyboard.press('Tab')
  await expect(film.getByRole('listitem')).toHaveCount(9, { timeout: 60_000 })
  await field.focus()
  await page.keyboard.press('.')
  await expect(film.locator('[aria-current="step"]')).toContainText('step 1')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/at=/)
  // What is exported is what is seen: the walk of eight steps from the image itself, once the plane has it.
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 })
  await expect(film.getByRole('listitem')).toHaveCount(9, { timeout: 60_000 })

  const saved = async (item: string): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item, exact: true }).click()
    return readFile(await (await download).path())
  }
  const lines = String(await saved('Trajectory, CSV'))
    .trimEnd()
    .split('\r\n')
  expect(lines).toHaveLength(10)
  const energies = lines.slice(1).map((line) => Number(line.split(',')[5]))
  for (const [step, energy] of energies.entries()) {
    if (step > 0) expect(energy).toBeGreaterThanOrEqual(energies[step - 1]!)
  }
  expect(String((await saved('Vector field, PNG')).subarray(1, 4))).toBe('PNG')
  expect(String(await saved('Energy along trajectory, SVG'))).toContain('quick-1')

  // A reload restores what was shown.
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Field', exact: true })).toHaveValue('fixed')
  await expect(film.getByRole('listitem')).toHaveCount(9, { timeout: 30_000 })
  await expectAccessible(page)
  expect(faults).toEqual([])
})

import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { writePfm } from '../../src/shared/pfm'
import { cli } from '../support/cli'
import { float32, npy, npz } from '../support/npy'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let data: string
let workbench: ServedWorkbench

test.beforeAll(async () => {
  data = await temporaryFolder()
  const sizes = ['--set', 'epochs=1', '--set', 'model.factors=40', '--set', 'model.mappings=20']
  const trained = await cli('train', '--preset', 'shifts-gae', ...sizes, '--data', data)
  expect(trained.code, trained.errors.at(-1)).toBe(0)
})

test.beforeEach(async () => {
  workbench = await startWorkbench(data)
})

test.afterEach(() => workbench.stop())

test.afterAll(() => removeFolder(data))

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
  // A link from when the screen was called by its filters.
  const link = page.url()
  await page.goto(link.replace('#/transformations?', '#/filters?'))
  await expect(page).toHaveURL(link)
  await expect(film.getByRole('listitem')).toHaveCount(6, { timeout: 60_000 })
  await expectAccessible(page)
  expect(faults).toEqual([])
})

test('float pixels of a dataset reach the model as they are, whatever screen they are taken from', async ({ page }) => {
  // Values below 0, above 1 and between the steps of 8 bits.
  const [count, side] = [6, 16]
  const values = (phase: number) =>
    Array.from({ length: count * side * side }, (_, i) => Math.fround(2.5 * Math.sin(phase + 0.37 * i)))
  const pairs = { x: values(0), y: values(1) }
  const array = (of: number[]) => npy('<f4', [count, side, side], float32(...of))
  const file = join(data, 'floats.npz')
  await writeFile(file, npz({ x: array(pairs.x), y: array(pairs.y) }))
  const imported = await cli(
    'datasets',
    'import',
    file,
    '--name',
    'floats',
    '--valid',
    '0',
    '--test',
    '0',
    '--data',
    data,
  )
  expect(imported.code, imported.errors.at(-1)).toBe(0)
  /** A link names an image by the hash of what is kept of it. */
  const exactly = (of: 'x' | 'y', index: number) => {
    const pixels = Float32Array.from(pairs[of].slice(index * side * side, (index + 1) * side * side))
    return createHash('sha256')
      .update(writePfm({ height: side, width: side, pixels }))
      .digest('hex')
  }
  const query = (name: string) => new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get(name)
  const take = async (button: string, index: number) => {
    await page.getByRole('button', { name: button, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Dataset', exact: true }).selectOption('floats')
    await dialog.getByRole('button', { name: `Take no. ${index} of floats`, exact: true }).click()
    await expect(dialog).toHaveCount(0)
  }
  const rail = page.getByRole('navigation', { name: 'Main' })

  await page.goto(workbench.url)
  await rail.getByRole('link', { name: 'Transformations', exact: true }).click()
  await take('Image x from a dataset', 3)
  await expect.poll(() => [query('x'), query('y')]).toEqual([exactly('x', 3), exactly('y', 3)])
  const picture = page.getByRole('img', { name: 'Image x: floats, train no. 3, x', exact: true })
  await expect(picture).toBeVisible()
  const greys = await picture.evaluate((canvas: HTMLCanvasElement) => {
    const { data: bytes } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return new Set(bytes).size
  })
  expect(greys).toBeGreaterThan(50)
  await take('Apply to from a dataset', 4)
  await expect.poll(() => query('to')).toBe(exactly('x', 4))
  await take('Image y b from a dataset', 5)
  await expect.poll(() => [query('xb'), query('yb')]).toEqual([exactly('x', 5), exactly('y', 5)])
  const film = page.getByRole('list', { name: 'Film strip', exact: true })
  await expect(film.getByRole('listitem')).toHaveCount(6, { timeout: 30_000 })

  await rail.getByRole('link', { name: 'Dynamics', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Image y: floats, train no. 3, y', exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Plane', exact: true }).selectOption('images')
  // The plane lies among the images y, of a pair it takes that one.
  for (const place of [1, 2, 3]) {
    await take(`Plane image ${place} from a dataset`, place)
    await expect.poll(() => query(`p${place}`)).toBe(exactly('y', place))
  }
  await expect(page.getByRole('img', { name: 'Vector field', exact: true })).toBeVisible({ timeout: 60_000 })

  await rail.getByRole('link', { name: 'Datasets', exact: true }).click()
  await page.getByRole('row', { name: /^floats / }).click()
  await page.getByRole('grid', { name: 'Images', exact: true }).getByRole('gridcell').nth(2).click()
  await page.getByRole('button', { name: 'Score in Pair lab', exact: true }).click()
  await expect(page).toHaveURL(/#\/pairs/)
  expect([query('x'), query('y')]).toEqual([exactly('x', 2), exactly('y', 2)])
  const scores = page.getByRole('region', { name: 'Scores of shifts-gae-1', exact: true })
  await expect(scores.getByRole('status', { name: 'E(y|x)', exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy', 'true')
})

test('from a large model to small ones: their own parts and units, under their names, and nothing goes wrong', async ({
  page,
}) => {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  for (const kind of ['mcae', 'ae']) {
    const file = `test/fixtures/vectors/${kind}-sigmoid.weights.npz`
    const { code, errors } = await cli('models', 'import', file, '--name', kind, '--data', data)
    expect(code, errors.at(-1)).toBe(0)
  }
  const grid = (name: string) => page.getByRole('grid', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true })
  await page.goto(workbench.url)
  const rail = page.getByRole('navigation', { name: 'Main' })
  await rail.getByRole('link', { name: 'Transformations', exact: true }).click()
  const run = page.getByRole('combobox', { name: 'Run', exact: true })
  await run.selectOption({ label: 'shifts-gae-1' })
  await expect(grid('Filters W_Y').getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 })
  await expect(heading('W_X')).toBeVisible()
  await expect(heading('W_Y')).toBeVisible()
  const unit = page.getByRole('spinbutton', { name: 'Mapping unit', exact: true })
  // On a busy machine the unit's own part of the screen comes while one types.
  await expect(async () => {
    await unit.fill('19')
    await unit.press('Enter')
    await expect(page).toHaveURL(/k=19/, { timeout: 1000 })
  }).toPass()

  await run.selectOption({ label: 'mcae' })
  await expect(grid('Filters W_F').getByRole('gridcell')).toHaveCount(5, { timeout: 60_000 })
  await expect(grid('Filters W').getByRole('gridcell')).toHaveCount(3)
  await expect(unit).toHaveValue('3')
  await expect(page.getByRole('list', { name: 'Strongest factors' }).getByRole('listitem')).toHaveCount(5)
  await grid('Filters W').getByRole('gridcell', { name: 'W, hidden unit 2', exact: true }).click()
  await expect(heading('hidden unit 2')).toBeVisible()

  await run.selectOption({ label: 'ae' })
  await expect(grid('Filters W_F')).toHaveCount(0, { timeout: 60_000 })
  await expect(grid('Filters W').getByRole('gridcell', { name: /^W, hidden unit \d+$/ })).toHaveCount(3)
  await expect(unit).toHaveCount(0)
  await run.selectOption({ label: 'shifts-gae-1' })
  await expect(grid('Filters W_Y')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy', 'true')
  await expectAccessible(page)
  expect(faults).toEqual([])
})

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { openStore } from '../../src/main/store/store'
import { cli } from '../support/cli'
import { evenJpeg } from '../support/jpeg'
import { grey, png, rgba } from '../support/pngFile'
import { finishedRun, gaeOf, mcaeOf, randomModel } from '../support/randomRun'
import { tiff } from '../support/tiff'
import { dropFiles } from './support/drop'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'
import { enter, resume, type Session } from './support/enter'

/** The Pair lab as a person uses it, with real files, on the real program. */

const side = 13
let workbench: ServedWorkbench
let files: string
const path = (name: string) => join(files, name)

/** Different for each n. */
const dots = (n: number) =>
  png(
    side,
    side,
    grey,
    Array.from({ length: side * side }, (_, i) => ((i * 7919 + n * 104_729) % 97 < 12 ? 255 : 0)),
  )

test.beforeAll(async () => {
  const data = await temporaryFolder()
  files = join(data, 'given')
  await mkdir(files)
  const made = await cli('datasets', 'generate', 'shifts', '--train', '200', '--valid', '20', '--test', '150', '--name', 'dots', '--data', data) // prettier-ignore
  expect(made.code).toBe(0)
  const store = await openStore(data)
  const shifts = await store.datasets.find('dots')
  await finishedRun(store, 'gated', randomModel(gaeOf(side * side)), shifts)
  await finishedRun(store, 'single', randomModel(mcaeOf(side * side)), null)
  await store.close()
  workbench = await startWorkbench(data)
})

test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

const faults: string[] = []
test.beforeEach(async ({ page }) => {
  faults.length = 0
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  session ??= await enter(page.context(), workbench.url)
  await resume(page.context(), session)
})
test.afterEach(() => expect(faults).toEqual([]))
/** The one-time token is exchanged once; later pages go on with what it gave. */
let session: Session | null = null

const open = (page: Page, hash: string) => page.goto(`${new URL(workbench.url).origin}/${hash}`)
const slot = (page: Page, which: 'x' | 'y') => page.getByRole('group', { name: `Image ${which}`, exact: true })
const scores = (page: Page, run: string) => page.getByRole('region', { name: `Scores of ${run}`, exact: true })
const grid = (page: Page) => page.getByRole('grid', { name: 'Pairs', exact: true })
const valueOf = async (page: Page, run: string, name: string) => {
  const output = scores(page, run).getByRole('status', { name, exact: true })
  await expect(output).toHaveAttribute('data-value', /\d/)
  return Number(await output.getAttribute('data-value'))
}
async function chooseRun(page: Page, name: string): Promise<void> {
  await page.getByRole('listbox', { name: 'Runs to score', exact: true }).selectOption({ label: name })
}

test('two dropped images are scored as the command line scores them; a reload shows the same', async ({ page }) => {
  await writeFile(path('a_y.png'), dots(1))
  await writeFile(path('a_x.png'), dots(2))
  await open(page, '#/pairs')
  await chooseRun(page, 'gated')
  // The names tell which is x.
  await dropFiles(page, slot(page, 'x'), [path('a_y.png'), path('a_x.png')])
  await expect(slot(page, 'x')).toContainText('a_x.png')
  const energy = await valueOf(page, 'gated', 'E(y|x)')
  const gain = await valueOf(page, 'gated', 'Gain')
  const { document } = await cli('score', '--run', 'gated', '--x', path('a_x.png'), '--y', path('a_y.png'), '--data', workbench.data) // prettier-ignore
  const [pair] = (document as { pairs: { energy: { yGivenX: number } }[] }).pairs
  expect(energy).toBeCloseTo(pair!.energy.yGivenX, 4)
  await expect(slot(page, 'x').getByRole('list', { name: 'Recipe of image x' })).toContainText('grey 13x13')

  await slot(page, 'y').getByRole('checkbox', { name: 'Invert image y' }).check()
  await expect.poll(() => valueOf(page, 'gated', 'E(y|x)')).not.toBe(energy)
  await expect(page).toHaveURL(/vy=inverted/)
  const inverted = await valueOf(page, 'gated', 'E(y|x)')
  // White dots on black were seen in training; the inverse is noticed, and offered.
  await expect(slot(page, 'y')).toContainText(/Mean 0\.8\d; training images/)
  await page.reload()
  await expect.poll(() => valueOf(page, 'gated', 'E(y|x)')).toBe(inverted)
  await slot(page, 'y').getByRole('button', { name: 'Invert?' }).click()
  await expect.poll(() => valueOf(page, 'gated', 'E(y|x)')).toBe(energy)
  expect(await valueOf(page, 'gated', 'Gain')).toBe(gain)
})

test('an image of a dataset is scored as it was trained on, and its place is kept', async ({ page }) => {
  await open(page, '#/pairs')
  await chooseRun(page, 'gated')
  await page.getByRole('button', { name: 'Image x from a dataset', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take no. 6 of dots', exact: true }).click()
  await expect(slot(page, 'x')).toContainText('dots, test no. 6, x')
  await expect(slot(page, 'y')).toContainText('dots, test no. 6, y')
  await expect(slot(page, 'x').getByRole('list', { name: 'Recipe of image x' })).toContainText('values as they are')
  const energy = await valueOf(page, 'gated', 'E(y|x)')
  await page.getByRole('listbox', { name: 'Runs to score' }).selectOption([{ label: 'gated' }, { label: 'single' }])
  await valueOf(page, 'single', 'Conditional energy')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Export', exact: true })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'Pairs, CSV', exact: true }).click()),
  ])
  const rows = parse(await readFile(await download.path(), 'utf8'), { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(2)
  const rowOf = (run: string) => rows.find(({ run_name: name }) => name === run)!
  expect(rowOf('gated')).toMatchObject({ run_name: 'gated', dataset: 'dots', seed: '1', x: 'dots, test no. 6, x' })
  expect(Math.fround(Number(rowOf('gated').energy_y_given_x))).toBe(Math.fround(energy))
  expect(rowOf('gated').dataset_sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(rowOf('gated').x_recipe).toBe('grey 13x13 > values as they are')
  expect(rowOf('single')).toMatchObject({ dataset: 'elsewhere', y: '', energy_y_given_x: '' })
})

test('images of every kind are seen right or refused in their row; nothing is lost', async ({ page }) => {
  const white = Array.from({ length: 26 * 26 }, (_, i) => [255, (i * 5) % 256, 0, i % 2 ? 255 : 90]).flat()
  const given: [string, Uint8Array][] = [
    ['text_x.png', Buffer.from('this is no image, whatever its name says')],
    ['text_y.png', dots(1)],
    ['empty_x.png', new Uint8Array(0)],
    ['empty_y.png', dots(2)],
    ['alpha_x.png', png(26, 26, rgba, white)],
    ['alpha_y.png', dots(3)],
    [
      'deep_x.tiff',
      tiff([{ width: side, height: side, bits: 16, samples: Array.from({ length: 169 }, (_, i) => i * 387) }]),
    ],
    ['deep_y.png', dots(4)],
    [
      'sizes_x.png',
      png(
        40,
        20,
        grey,
        Array.from({ length: 800 }, (_, i) => i % 256),
      ),
    ],
    ['sizes_y.png', dots(5)],
    ['lonely_x.png', dots(6)],
    ['photo_x.jpg', evenJpeg(8000, 5000)],
    ['photo_y.png', dots(7)],
  ]
  for (const [name, bytes] of given) await writeFile(path(name), bytes)
  await open(page, '#/pairs?tab=batch')
  await page.getByRole('combobox', { name: 'Run', exact: true }).selectOption({ label: 'gated' })
  await dropFiles(
    page,
    page.getByRole('tabpanel'),
    given.map(([name]) => path(name)),
  )
  await expect(page.getByText(/^7 pairs, 3 refused$/)).toBeVisible({ timeout: 60_000 })
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '8')
  const row = (name: string) => grid(page).getByRole('row').filter({ hasText: name })
  await expect(row('text_x')).toContainText('IMAGE_UNREADABLE')
  await expect(row('empty_x')).toContainText('empty')
  await expect(row('lonely_x')).toContainText('lonely_y: It is not among the files.')
  for (const name of ['alpha_x', 'deep_x', 'sizes_x', 'photo_x']) {
    await expect(row(name)).toHaveAttribute('data-state', 'scored')
  }

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Export', exact: true })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'Pairs, CSV', exact: true }).click()),
  ])
  const rows = parse(await readFile(await download.path(), 'utf8'), { columns: true }) as Record<string, string>[]
  const recipes = Object.fromEntries(rows.map(({ x, x_recipe: recipe }) => [x, recipe]))
  expect(recipes).toMatchObject({
    'alpha_x.png': 'RGB with alpha 26x26 > luma Rec. 601 > on black > 13x13 area > [0,1]',
    'deep_x.tiff': '16-bit grey 13x13 > [0,1]',
    'sizes_x.png': 'grey 40x20 > crop 20x20 > 13x13 area > [0,1]',
    'photo_x.jpg': 'grey 8000x5000 > crop 5000x5000 > 13x13 area > [0,1]',
    'text_x.png': '',
  })
  expect(rows.find(({ x }) => x === 'empty_x.png')!.error).toContain('[IMAGE_UNREADABLE]')
  // Gains are ranked, and the file is in that order.
  const gains = rows.filter(({ gain }) => gain !== '').map(({ gain }) => Number(gain))
  expect(gains).toHaveLength(4)
  expect(gains).toEqual([...gains].sort((a, b) => b - a))
})

test('a thousand pairs by a list are scored, sorted and opened by keyboard while a run trains', async ({ page }) => {
  test.slow()
  const count = 1000
  const folder = path('many')
  await mkdir(folder)
  for (let n = 0; n < 60; n++) await writeFile(join(folder, `${n}.png`), dots(n))
  const lines = Array.from({ length: count }, (_, n) => `${n % 60}.png,${(n * 7 + Math.floor(n / 60)) % 60}.png`)
  lines[500] = 'missing.png,1.png'
  await writeFile(join(folder, 'pairs.csv'), ['x,y', ...lines].join('\n'))

  await open(page, '#/new?preset=quick')
  // Longer than the test on any machine; it is cancelled at the end.
  await page.getByRole('spinbutton', { name: 'Epochs', exact: true }).first().fill('50000')
  await page.getByRole('button', { name: 'Start run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run', exact: true })
  await expect(run).toHaveAttribute('data-status', 'running', { timeout: 60_000 })
  const training = await run.getAttribute('data-run')
  await open(page, '#/pairs?tab=batch')
  await page.getByRole('combobox', { name: 'Run', exact: true }).selectOption({ label: 'gated' })
  await dropFiles(page, page.getByRole('tabpanel'), [folder])
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(count + 1))
  // Rows fill while others wait.
  await expect(grid(page).locator('[data-state=scored]').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^1,000 pairs, 1 refused$/)).toBeVisible({ timeout: 120_000 })
  // Only rows in view are in the page.
  expect(await grid(page).getByRole('row').count()).toBeLessThan(80)

  const gainAt = async (place: number) => {
    const row = grid(page).locator(`[aria-rowindex="${place + 2}"]`)
    return Number(await row.locator('[data-key$=".gain"]').getAttribute('data-value'))
  }
  expect(await gainAt(0)).toBeGreaterThanOrEqual(await gainAt(1))
  await grid(page).getByRole('button', { name: 'error of y' }).click()
  await expect(page).toHaveURL(/sort=-errorY/)
  await expect(grid(page).getByRole('columnheader', { name: 'error of y' })).toHaveAttribute('aria-sort', 'descending')

  // By keyboard: the last row, which is the refused one, then the one above it.
  await grid(page).getByRole('row').nth(1).focus()
  await page.keyboard.press('End')
  const last = grid(page).locator(`[aria-rowindex="${count + 1}"]`)
  await expect(last).toBeFocused()
  await expect(last).toContainText('missing.png is not among the files')
  await page.keyboard.press('ArrowUp')
  const chosen = grid(page).locator(`[aria-rowindex="${count}"]`)
  await expect(chosen).toBeFocused()
  const energy = await chosen.locator('[data-key$=".energy.yGivenX"]').getAttribute('data-value')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Pair', exact: true })).toHaveAttribute('aria-selected', 'true')
  expect(await valueOf(page, 'gated', 'E(y|x)')).toBeCloseTo(Number(energy), 4)
  await page.goBack()
  await expect(grid(page).locator(`[aria-rowindex="${count}"]`)).toHaveAttribute('aria-selected', 'true')

  // A pasted link shows the list again, from the store.
  const link = page.url()
  await open(page, '#/')
  await page.goto(link)
  await page.reload()
  await expect(page.getByText(/^1,000 pairs, 1 refused$/)).toBeVisible({ timeout: 60_000 })

  // The run went on all the while, and is as well as ever.
  await open(page, `#/runs/${training}`)
  await expect(run).toHaveAttribute('data-status', 'running')
  await expect(page.getByRole('img', { name: 'Loss curves' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel run', exact: true }).click()
  await expect(run).toHaveAttribute('data-status', 'cancelled', { timeout: 60_000 })
})

test('files are chosen by keyboard alone', async ({ page }) => {
  await writeFile(path('k_x.png'), dots(8))
  await writeFile(path('k_y.png'), dots(9))
  await open(page, '#/pairs')
  await chooseRun(page, 'gated')
  for (const which of ['x', 'y'] as const) {
    await page.getByLabel(`Image ${which} file`, { exact: true }).focus()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
    await chooser.setFiles(path(`k_${which}.png`))
    await expect(slot(page, which)).toContainText(`k_${which}.png`)
  }
  const energy = await valueOf(page, 'gated', 'E(y|x)')
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Pair lab' }).click()
  await page.keyboard.press('s')
  await expect(slot(page, 'x')).toContainText('k_y.png')
  await expect.poll(() => valueOf(page, 'gated', 'E(y|x)')).not.toBe(energy)
  await page.keyboard.press('s')
  await expect.poll(() => valueOf(page, 'gated', 'E(y|x)')).toBe(energy)
})

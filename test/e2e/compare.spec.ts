import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { cli } from '../support/cli'
import { enter, resume, type Session } from './support/enter'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

/** The screen Compare on runs really trained: two specs of two seeds, a run on other data, one without classes. */

const spec = {
  ...{ model: { kind: 'mcae', hidden: 10, factors: 10, mappings: 5 }, dataset: 'rect', preprocess: { contrast: true } },
  ...{ optimizer: { kind: 'adam', learningRate: 0.002 }, epochs: 2, batchSize: 20, classifier: { epochs: 3 } },
}

let workbench: ServedWorkbench
const ids: Record<string, string> = {}

test.beforeAll(async () => {
  const data = await temporaryFolder()
  const made = async (...args: string[]) => {
    const { code, document, errors } = await cli(...args, '--data', data)
    expect([code, errors.filter((line) => line.includes('"error"'))]).toEqual([0, []])
    return document as { run: string }
  }
  const counts = ['--train', '60', '--valid', '40', '--test', '120']
  await made('datasets', 'generate', 'rectangles', ...counts, '--seed', '5', '--name', 'rect')
  await made('datasets', 'generate', 'rectangles', ...counts, '--seed', '6', '--name', 'other')
  const train = async (name: string, changes: object) => {
    const file = join(data, `${name}.json`)
    await writeFile(file, JSON.stringify({ ...spec, ...changes }))
    ids[name] = (await made('train', file, '--name', name)).run
  }
  for (const seed of [1, 2]) {
    await train(`short-${seed}`, { seed })
    await train(`long-${seed}`, { seed, epochs: 7 })
  }
  await train('elsewhere', { dataset: 'other' })
  await train('plain', { classifier: undefined })
  workbench = await startWorkbench(data)
})
test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})
/** The printed address is good once: later pages come with what the first one got. */
let session: Session | null = null
test.beforeEach(async ({ context }) => {
  if (session === null) session = await enter(context, workbench.url)
  else await resume(context, session)
})

const open = (page: Page, query: string) => page.goto(`${new URL(workbench.url).origin}/#/compare${query}`)
const links = (...names: string[]) => `?runs=${names.map((name) => ids[name]).join(',')}`
const documentOf = async <T>(...args: string[]) => (await cli(...args, '--data', workbench.data)).document as T

test('runs are found, added and taken away by keys; what differs is told, and all where that is wanted', async ({
  page,
}) => {
  await page.goto(`${new URL(workbench.url).origin}/#/runs`)
  await expect(page.getByRole('grid', { name: 'Runs', exact: true })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.getByText('Choose two to twenty runs, or groups of runs, to compare.')).toBeVisible()
  await expectAccessible(page)

  const search = page.getByRole('combobox', { name: 'Add a run', exact: true })
  await search.focus()
  await search.fill('nothing of that')
  await expect(page.getByText('No run fits “nothing of that”.')).toBeVisible()
  const compared = page.getByRole('list', { name: 'Compared', exact: true }).getByRole('listitem')
  for (const [place, name] of ['short-1', 'long-1', 'elsewhere'].entries()) {
    await search.fill(name)
    await expect(page.getByRole('option', { name, exact: true })).toHaveAttribute('aria-selected', 'true')
    await search.press('Enter')
    await expect(compared).toHaveCount(place + 1)
  }
  await page.getByRole('tab', { name: 'Spec', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Metrics', exact: true })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tab', { name: 'Spec', exact: true })).toHaveAttribute('aria-selected', 'true')
  const table = page.getByRole('table', { name: 'Spec differences', exact: true })
  const cells = (key: string) => table.locator(`[data-key="${key}"]`).getByRole('cell')
  await expect(cells('epochs')).toHaveText(['2', '7', '2'])
  await expect(cells('dataset')).toHaveText(['rect', 'rect', 'other'])
  await expect(cells('model.hidden')).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('checkbox', { name: 'All settings', exact: true }).press('Space')
  await expect(cells('model.hidden')).toHaveText(['10', '10', '10'])

  await page.getByRole('button', { name: 'Remove elsewhere', exact: true }).press('Enter')
  await expect(page.getByRole('button', { name: 'Remove long-1', exact: true })).toBeFocused()
  await expect(cells('epochs')).toHaveText(['2', '7'])
  await expect(page).toHaveURL(new RegExp(`runs=${ids['short-1']},${ids['long-1']}`))
  // The link holds all of it.
  await page.reload()
  await expect(cells('model.hidden')).toHaveText(['10', '10'])
})

test('measures are those of the command line, the best is by validation alone; unlike data is said', async ({
  page,
}) => {
  await open(page, `${links('short-1', 'long-1')}&tab=metrics`)
  interface Comparison {
    measures: { key: string; values: number[]; intervals: [number, number][] }[]
  }
  const { measures } = await documentOf<Comparison>('runs', 'compare', 'short-1', 'long-1')
  const table = page.getByRole('table', { name: 'Metrics', exact: true })
  for (const { key, values } of measures) {
    const outputs = table.locator(`tr[data-key="${key}"]`).getByRole('status')
    for (const [place, value] of values.entries()) {
      await expect(outputs.nth(place)).toHaveAttribute('data-value', String(value))
    }
  }
  const marked = table.locator('tr:has([data-best="true"])')
  await expect(marked.first()).toBeVisible()
  const keys = await marked.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key')))
  expect(keys.every((key) => key?.startsWith('valid.'))).toBe(true)
  await expectAccessible(page)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Metrics, CSV', exact: true }).click()
  expect((await download).suggestedFilename()).toBe('compare-metrics.csv')

  await open(page, `${links('short-1', 'elsewhere')}&tab=metrics`)
  await expect(page.getByRole('list', { name: 'Notices' })).toContainText('unlike data')
  await expect(table.locator('[data-best="true"]')).toHaveCount(0)
})

test('two runs have the test of the command line; what cannot be tested is refused with the reason', async ({
  page,
}) => {
  await open(page, `${links('short-1', 'long-1')}&tab=test`)
  interface Tested {
    tests: { n: number; onlyA: number; onlyB: number; p: number; difference: number }[]
  }
  for (const [split, words] of [
    ['valid', 'validation'],
    ['test', 'test'],
  ] as const) {
    const { tests } = await documentOf<Tested>('runs', 'compare', 'short-1', 'long-1', '--split', split)
    const table = page.getByRole('table', { name: `McNemar tests on ${words} images`, exact: true })
    for (const key of ['n', 'onlyA', 'onlyB', 'p', 'difference'] as const) {
      await expect(table.locator(`[data-key="tests.0.${key}"]`)).toHaveAttribute('data-value', String(tests[0]![key]))
    }
    const region = page.getByRole('region', { name: `Tests on ${words} images`, exact: true })
    await expect(region).toContainText(`on n = ${tests[0]!.n} ${words} images`)
    await expect(region).toContainText('1 comparison: nothing to correct for.')
  }
  await expectAccessible(page)

  await open(page, `${links('short-1', 'long-1', 'short-2', 'elsewhere', 'plain')}&tab=test`)
  const region = page.getByRole('region', { name: 'Tests on test images', exact: true })
  await expect(region).toContainText('3 comparisons: p (Holm) holds for all of them together.')
  await expect(region.locator('[data-code="TEST_SETS_DIFFER"]')).toContainText('short-1 and elsewhere')
  await expect(region.locator('[data-code="NO_PREDICTIONS"]').first()).toContainText('it is no classifier')
  await page.getByRole('combobox', { name: 'Comparisons', exact: true }).selectOption(ids['long-1']!)
  await expect(region).toContainText('2 comparisons: p (Holm) holds for all of them together.')
})

test('runs of one spec become a group, and groups are tested over their seeds', async ({ page }) => {
  await open(page, `${links('short-1', 'long-1', 'short-2', 'long-2')}&tab=metrics`)
  const group = page.getByRole('button', { name: 'Group seeds', exact: true })
  await group.press('Enter')
  const compared = page.getByRole('list', { name: 'Compared', exact: true }).getByRole('listitem')
  await expect(compared).toHaveText(['short, 2 runs', 'long, 2 runs'])
  await expect(group).toHaveCount(0)
  const error = page.getByRole('table', { name: 'Metrics', exact: true }).locator('tr[data-key="test.error"]')
  await expect(error.getByRole('cell')).toHaveText([/± .* % \[.*\] n 2/, /± .* % \[.*\] n 2/])

  await page.getByRole('tab', { name: 'Test', exact: true }).click()
  const table = page.getByRole('table', { name: 'Tests over seeds by test error', exact: true })
  interface Listed {
    runs: { name: string; test: { error: number } }[]
  }
  const { runs } = await documentOf<Listed>('runs', 'list')
  const of = (name: string) => runs.find((run) => run.name === name)!.test.error
  const difference = (of('short-1') - of('long-1') + of('short-2') - of('long-2')) / 2
  const told = table.locator('[data-key="tests.0.difference"]')
  await expect(told).toHaveAttribute('data-value', /\d/)
  expect(Number(await told.getAttribute('data-value'))).toBeCloseTo(difference, 12)
  await expect(table.locator('[data-key="tests.0.n"]')).toHaveAttribute('data-value', '2')
  await expect(table.locator('[data-verdict]')).toHaveText('too few runs to tell')
  await expect(page.getByRole('region', { name: 'Tests on test images', exact: true })).toContainText('Paired t test')
  await page.getByRole('combobox', { name: 'Figure', exact: true }).selectOption('negative log-likelihood')
  await expect(
    page.getByRole('table', { name: 'Tests over seeds by test negative log-likelihood', exact: true }),
  ).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Ungroup short', exact: true }).click()
  await expect(compared).toHaveText(['short-2', 'short-1', 'long, 2 runs'])

  // All runs of a run's spec, without choosing each.
  await open(page, `${links('plain', 'long-1')}&tab=spec`)
  await page.getByRole('button', { name: 'All seeds of plain', exact: true }).press('Enter')
  await expect(page.getByText('plain is the only run of its spec.')).toBeVisible()
  await page.getByRole('button', { name: 'All seeds of long-1', exact: true }).press('Enter')
  await expect(compared).toHaveText(['plain', 'long, 2 runs'])
})

test('images that one gets right and the other wrong are gone through by keys, and open in the Pair lab', async ({
  page,
}) => {
  interface Tested {
    tests: { onlyA: number; onlyB: number }[]
  }
  const { tests } = await documentOf<Tested>('runs', 'compare', 'short-1', 'long-1')
  const { onlyA, onlyB } = tests[0]!
  expect(Math.max(onlyA, onlyB)).toBeGreaterThan(1)
  // The direction that has more of them.
  const [right, wrong] = onlyB > onlyA ? ['short-1', 'long-1'] : ['long-1', 'short-1']
  await open(page, `${links('short-1', 'long-1')}&tab=images`)
  await page.getByRole('combobox', { name: 'Right by', exact: true }).selectOption(right)
  await expect(page.getByRole('combobox', { name: 'Wrong by', exact: true })).toHaveValue(ids[wrong]!)
  const images = page.getByRole('list', { name: 'Images told apart', exact: true }).getByRole('button')
  await expect(images).toHaveCount(Math.min(60, Math.max(onlyA, onlyB)))
  await expectAccessible(page)
  await images.first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(images.nth(1)).toBeFocused()
  const index = /^Image (\d+),/.exec((await images.nth(1).getAttribute('aria-label'))!)![1]
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/pairs.*runs=${ids[right]},${ids[wrong]}`))
  await expect(page.getByRole('group', { name: 'Image x', exact: true })).toContainText(`no. ${index}`)
  await expect(page.getByRole('region', { name: `Scores of ${right}`, exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('region', { name: `Scores of ${wrong}`, exact: true })).toBeVisible({ timeout: 60_000 })

  await open(page, `${links('plain', 'elsewhere')}&tab=images`)
  await expect(page.getByText('fewer than two of these runs are classifiers')).toBeVisible()
})

test('a link that names what is not there, or too much, says so', async ({ page }) => {
  await open(page, `?runs=${ids['short-1']!.slice(0, 9)},nobody,${ids['long-1']}&tab=spec`)
  await expect(page.getByRole('alert')).toContainText('There is no run nobody')
  await expect(page.getByRole('table', { name: 'Spec differences', exact: true })).toBeVisible()
  const many = Array.from({ length: 21 }, (_, index) =>
    index === 0 ? 'short-1' : index === 1 ? 'long-1' : `none-${index}`,
  )
  await open(page, `?runs=${many.join(',')}&tab=spec`)
  await expect(page.getByRole('alert')).toContainText('names 21 runs or groups')
  await page.getByRole('button', { name: 'Keep the first 20', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Spec differences', exact: true })).toBeVisible()
})

import { expect, test, type Page } from '@playwright/test'
import { cli } from '../support/cli'
import { enter, resume, type Session } from './support/enter'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench
let session: Session | null = null

test.beforeAll(async () => {
  const data = await temporaryFolder()
  const counts = ['--train', '100', '--valid', '20', '--test', '20', '--name', 'rect']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--data', data)).code).toBe(0)
  workbench = await startWorkbench(data)
})
test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

const base = { model: { kind: 'ae', hidden: 8 }, dataset: 'rect', epochs: 1, classifier: {} }
const form = (page: Page) => page.getByRole('form', { name: 'Sweep', exact: true })
const box = (page: Page, name: string) => form(page).getByRole('textbox', { name, exact: true })
const queue = (page: Page, runs: string) => form(page).getByRole('button', { name: `Queue ${runs}`, exact: true })
const card = (page: Page, name: string) => page.getByRole('article', { name: `Sweep ${name}`, exact: true })
const state = (page: Page, name: string) => page.getByRole('status', { name: `State of ${name}`, exact: true })

/** The printed address is good once. */
async function open(page: Page): Promise<void> {
  if (session === null) session = await enter(page.context(), workbench.url)
  else await resume(page.context(), session)
  await page.goto(`${new URL(workbench.url).origin}/#/queue?tab=sweep`)
}

test('a sweep is said, counted, queued and worked off; the best is told by validation', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page)
  await expect(page.getByText('No sweep yet.')).toBeVisible()
  await expect(queue(page, '18 runs')).toBeEnabled()
  await expectAccessible(page)

  // What is wrong is said where it is, and nothing can be queued.
  await box(page, 'Base').fill('{ "model": ')
  await expect(form(page).getByText('line 1, column 12')).toBeVisible()
  await expect(queue(page, '0 runs')).toBeDisabled()
  await box(page, 'Base').fill(JSON.stringify(base))
  await box(page, 'Axes').fill('optimizer.learningRate: 0.01, 20')
  await expect(form(page).getByRole('alert')).toContainText('optimizer.learningRate 20')
  await expect(queue(page, '0 runs')).toBeDisabled()
  await expect(page.getByRole('button', { name: /^Problems 0/ })).toBeVisible()

  await box(page, 'Axes').fill('optimizer.learningRate: 0.01, .1')
  await form(page).getByRole('combobox', { name: 'Add axis', exact: true }).selectOption('corruption.level')
  await expect(box(page, 'Axes')).toHaveValue('optimizer.learningRate: 0.01, .1\ncorruption.level: 0.3')
  await box(page, 'Seeds').fill('1-2')
  await box(page, 'Name').fill('rates')
  await expect(form(page).getByRole('status', { name: 'Count of runs', exact: true })).toHaveText(
    '2 settings x 2 seeds = 4 runs',
  )
  // It survives a reload.
  await page.reload()
  await expect(box(page, 'Name')).toHaveValue('rates')
  await queue(page, '4 runs').click()
  await expect(card(page, 'rates').getByRole('row')).toHaveCount(5)
  await expect(state(page, 'rates')).toHaveText('4 of 4 done', { timeout: 60_000 })
  await expect(page.getByRole('status', { name: 'Best of rates', exact: true })).toContainText('validation error')
  await expect(card(page, 'rates')).toContainText('Best of 2 by validation error, the mean over 2 seeds.')
  await expect(card(page, 'rates')).toContainText('of its axis: try')
  await expect(card(page, 'rates').getByText('best by validation', { exact: true })).toHaveCount(2)
  // The same again makes nothing; more seeds go on.
  await expect(queue(page, '0 runs')).toBeDisabled()
  await expectAccessible(page)
  await box(page, 'Axes').fill('')
  await card(page, 'rates').getByRole('button', { name: 'Edit in the form', exact: true }).click()
  await expect(box(page, 'Name')).toBeFocused()
  await expect(box(page, 'Seeds')).toHaveValue('1, 2')
  await expect(queue(page, '0 runs')).toBeDisabled()
  await box(page, 'Seeds').fill('1-3')
  await expect(queue(page, '2 runs')).toBeEnabled()
  await expect(form(page).getByRole('status', { name: 'Count of runs', exact: true })).toContainText(
    '6 runs; 4 of them are there already',
  )
  await expect(form(page).getByRole('status', { name: 'Cost estimate', exact: true })).toHaveText(
    /^~.+ at once with one thread each$/,
  )

  const link = card(page, 'rates').getByRole('link', { name: 'Runs', exact: true })
  await expect(link).toHaveAttribute('href', '#/runs?q=sweep+=+rates')
  const { document } = await cli('sweep', 'show', 'rates', '--data', workbench.data)
  const told = document as { runs: { status: string }[]; best: { n: number } }
  expect(told).toMatchObject({ best: { n: 2 }, runs: Array(4).fill({ status: 'done' }) })
})

test('by keys alone: a halving goes on by itself, one that was cancelled runs on', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page)
  await box(page, 'Base').fill(JSON.stringify(base))
  await box(page, 'Axes').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText('model.hidden: 4 .. 12')
  await expect(form(page).getByRole('alert')).toContainText('A grid has no steps')
  await form(page).getByRole('combobox', { name: 'Method', exact: true }).focus()
  await page.keyboard.press('r')
  await form(page).getByRole('spinbutton', { name: 'Runs', exact: true }).focus()
  await page.keyboard.type('3')
  await box(page, 'Seeds').fill('1')
  await box(page, 'Continue the best quarter').fill('1, 2')
  await box(page, 'Name').fill('halves')
  const notices = form(page).getByRole('list', { name: 'Notices of the sweep', exact: true })
  await expect(notices).toContainText('3 settings at 1 epoch; the best one goes on to 2, from their checkpoints.')
  await expect(queue(page, '3 runs')).toBeEnabled()
  await box(page, 'Name').press('ControlOrMeta+Enter')
  await expect(state(page, 'halves')).toHaveText('4 of 4 done', { timeout: 60_000 })
  await expect(card(page, 'halves').getByRole('row')).toHaveCount(5)

  // Long ones, to be cancelled and taken up again.
  const long = { ...base, classifier: undefined, epochs: 100_000, earlyStopping: null }
  await box(page, 'Base').fill(JSON.stringify(long))
  await box(page, 'Continue the best quarter').fill('')
  await box(page, 'Name').fill('long')
  await expect(queue(page, '3 runs')).toBeEnabled()
  await box(page, 'Name').press('ControlOrMeta+Enter')
  await expect(state(page, 'long')).toContainText('running', { timeout: 60_000 })
  const cancel = card(page, 'long').getByRole('button', { name: 'Cancel sweep', exact: true })
  await cancel.focus()
  await page.keyboard.press('Enter')
  await expect(state(page, 'long')).toHaveText('0 of 3 done, 3 missing', { timeout: 30_000 })
  const resume = card(page, 'long').getByRole('button', { name: 'Run what is missing', exact: true })
  await resume.focus()
  await page.keyboard.press('Enter')
  await expect(state(page, 'long')).toContainText('running', { timeout: 60_000 })
  expect((await cli('sweep', 'cancel', 'long', '--data', workbench.data)).code).toBe(0)
  await expect(state(page, 'long')).toHaveText('0 of 3 done, 3 missing', { timeout: 30_000 })
})

import { expect, test, type Page } from '@playwright/test'
import { openStore } from '../../src/main/store/store'
import { newRun } from '../contract/store/fixtures'
import { cli } from '../support/cli'
import { enter } from './support/enter'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench
let ids: Record<string, string>

test.beforeEach(async ({ context }) => {
  const data = await temporaryFolder()
  const store = await openStore(data)
  ids = {}
  for (const name of ['one', 'two', 'three']) {
    ids[name] = (await store.runs.create(newRun(name, { status: 'done' }))).id
  }
  await store.close()
  workbench = await startWorkbench(data)
  await enter(context, workbench.url)
})
test.afterEach(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

const open = (page: Page, hash: string) => page.goto(`${new URL(workbench.url).origin}/${hash}`)
const rowOf = (page: Page, name: string) => page.locator(`[data-run="${ids[name]}"][role="row"]`)
/** What the command line tells of a run. */
async function told(name: string): Promise<{ name: string; tags: string[]; note: string | null }> {
  const { document } = await cli('runs', 'show', ids[name]!, '--data', workbench.data)
  return document as Awaited<ReturnType<typeof told>>
}

test('a run is renamed in place, by keys; Esc keeps the name, a name that cannot be is told', async ({ page }) => {
  await open(page, `#/runs/${ids.one}`)
  await page.getByRole('button', { name: 'Rename', exact: true }).press('Enter')
  const field = page.getByRole('textbox', { name: 'Name', exact: true })
  await expect(field).toBeFocused()
  await field.fill('a/b')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('no slashes or control characters')
  await expectAccessible(page)
  await field.fill('the best')
  await field.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('the best')
  await expect(page.getByRole('button', { name: 'Rename', exact: true })).toBeFocused()
  expect((await told('one')).name).toBe('the best')

  await page.keyboard.press('F2')
  await field.fill('another')
  await field.press('Escape')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('the best')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('one')
})

test('tags come and go on the run page, and what went can be had back', async ({ page }) => {
  await open(page, `#/runs/${ids.one}`)
  const field = page.getByLabel('Add tag', { exact: true })
  await field.fill('paper, best')
  await field.press('Enter')
  const tags = page.getByRole('list', { name: 'Tags', exact: true }).getByRole('listitem')
  await expect(tags).toHaveText(['best', 'paper'])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Remove tag paper', exact: true }).press('Enter')
  await expect(tags).toHaveText(['best'])
  await expect(field).toBeFocused()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(tags).toHaveText(['best', 'paper'])
  expect((await told('one')).tags).toEqual(['best', 'paper'])
})

test('a note is stored by Ctrl+Enter, by leaving it, and by a reload', async ({ page }) => {
  await open(page, `#/runs/${ids.one}`)
  const field = page.getByRole('textbox', { name: 'Note', exact: true })
  await field.fill('First.')
  await field.press('Control+Enter')
  await expect.poll(async () => (await told('one')).note).toBe('First.')
  await field.fill('Second,\nin two lines.')
  await field.blur()
  await expect.poll(async () => (await told('one')).note).toBe('Second,\nin two lines.')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(field).toHaveValue('First.')

  await field.fill('Typed before a reload.')
  await page.reload()
  await expect(field).toHaveValue('Typed before a reload.')
  await expect.poll(async () => (await told('one')).note).toBe('Typed before a reload.')

  await field.fill('Typed before Back.')
  await open(page, '#/runs')
  await expect(rowOf(page, 'one')).toContainText('Typed before Back.')
})

test('selected rows are tagged together, other windows and other programs see it', async ({ page, context }) => {
  await open(page, '#/runs')
  const grid = page.getByRole('grid', { name: 'Runs', exact: true })
  await expect(grid.getByRole('columnheader', { name: 'Tags' })).toHaveCount(0)
  const other = await context.newPage()
  await open(other, '#/runs')
  await expect(rowOf(other, 'one')).toBeVisible()

  for (const name of ['one', 'two']) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check()
  await page.getByRole('button', { name: 'Tag', exact: true }).press('Enter')
  const field = page.getByRole('textbox', { name: 'New tag', exact: true })
  await expect(field).toBeFocused()
  await field.fill('a,b')
  await field.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Tag' }).getByRole('alert')).toHaveText(
    'no commas or control characters',
  )
  await field.fill('paper')
  await field.press('Enter')
  await expect(grid.getByRole('columnheader', { name: 'Tags' })).toBeVisible()
  for (const seen of [page, other]) {
    for (const name of ['one', 'two']) await expect(rowOf(seen, name)).toContainText('paper')
    await expect(rowOf(seen, 'three')).not.toContainText('paper')
  }
  await expectAccessible(page)

  const box = page.getByRole('checkbox', { name: 'paper', exact: true })
  await field.press('ArrowDown')
  await expect(box).toBeFocused()
  await expect(box).toBeChecked()
  await box.press('Space')
  await expect(rowOf(page, 'one')).not.toContainText('paper')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(rowOf(page, 'two')).toContainText('paper')

  await cli('runs', 'note', ids.three!, 'From elsewhere.', '--data', workbench.data)
  await expect(rowOf(page, 'three')).toContainText('From elsewhere.')
})

import { expect, test, type Page } from '@playwright/test'
import { openStore } from '../../src/main/store/store'
import { runSpecSchema } from '../../src/shared/spec/schema'
import { cli } from '../support/cli'
import { enter } from './support/enter'
import { expectAccessible } from './support/fakeScreens'
import { removeFolder, startWorkbench, temporaryFolder, type ServedWorkbench } from './support/workbench'

let workbench: ServedWorkbench
const short = ['one', 'two', 'three', 'four']
const long = ['long-1', 'long-2']

interface Told {
  paused: boolean
  slots: number
  runs: { name: string; status: string; position: number | null; eta: number | null }[]
}
const queue = async (...verb: string[]): Promise<Told> => {
  const { code, document } = await cli('queue', ...verb, '--data', workbench.data)
  expect(code).toBe(0)
  return document as Told
}

test.beforeAll(async () => {
  const data = await temporaryFolder()
  const counts = ['--train', '100', '--valid', '20', '--test', '20', '--name', 'rect']
  expect((await cli('datasets', 'generate', 'rectangles', ...counts, '--data', data)).code).toBe(0)
  const store = await openStore(data)
  const dataset = await store.datasets.find('rect')
  for (const name of [...short, ...long]) {
    const length = long.includes(name) ? { epochs: 1_000_000, earlyStopping: null } : { epochs: 2 }
    const spec = runSpecSchema.parse({ model: { kind: 'ae', hidden: 8 }, dataset: 'rect', ...length })
    await store.runs.create({ name, spec, dataset, requestedDevice: 'cpu', status: 'queued', threads: 1 })
  }
  await store.queue.keep({ paused: true })
  await store.close()
  workbench = await startWorkbench(data)
})
test.afterAll(async () => {
  await workbench.stop()
  await removeFolder(workbench.data)
})

const grid = (page: Page) => page.getByRole('grid', { name: 'Jobs', exact: true })
const row = (page: Page, name: string) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
const names = (page: Page) => grid(page).getByRole('row').getByRole('link')
const timeLeft = (page: Page) => page.getByRole('status', { name: 'Time left', exact: true })

test('the queue is put in order, paused, and worked off several at once, by mouse, by keys and by commands', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await enter(page.context(), workbench.url)
  await page.goto(`${new URL(workbench.url).origin}/#/`)
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  await expect(page.getByRole('tab', { name: 'Jobs', exact: true })).toHaveAttribute('aria-selected', 'true')
  await expect(names(page)).toHaveText([...short, ...long])
  await expect(page.getByText('The queue is paused:')).toBeVisible()
  await expect(timeLeft(page)).toHaveText(/^No estimate yet/)

  // By mouse.
  await page.getByRole('button', { name: 'Move three up', exact: true }).click()
  await expect(names(page)).toHaveText(['one', 'three', 'two', 'four', ...long])
  await expect(page.getByRole('button', { name: 'Move three up', exact: true })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Move one up', exact: true })).toBeDisabled()

  // By keys: the row keeps the focus wherever it goes.
  await row(page, 'four').focus()
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(names(page)).toHaveText(['one', 'four', 'three', 'two', ...long])
  await expect(row(page, 'four')).toBeFocused()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(names(page)).toHaveText(['one', 'three', 'four', 'two', ...long])
  await expectAccessible(page)

  // By another process; and what one does here, that one sees.
  expect((await queue('move', 'two', '1')).runs.map(({ name, position }) => [name, position])).toEqual(
    ['two', 'one', 'three', 'four', ...long].map((name, place) => [name, place + 1]),
  )
  await expect(names(page)).toHaveText(['two', 'one', 'three', 'four', ...long])
  await page.getByRole('combobox', { name: 'Slots', exact: true }).selectOption('1 at once')
  await expect.poll(queue.bind(null, 'list')).toMatchObject({ paused: true, slots: 1 })

  // A cancelled one comes back, at the end.
  await row(page, 'two').focus()
  await page.keyboard.press('Delete')
  await expect(names(page)).toHaveText(['one', 'three', 'four', ...long])
  await expect(row(page, 'one')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(names(page)).toHaveText(['one', 'three', 'four', ...long, 'two'])
  await row(page, 'two').focus()
  for (const key of ['Alt+ArrowUp', 'Alt+ArrowUp']) await page.keyboard.press(key)
  await expect(names(page)).toHaveText(['one', 'three', 'four', 'two', ...long])

  // A reload changes nothing, and the queue goes on where it stood.
  await page.reload()
  await expect(names(page)).toHaveText(['one', 'three', 'four', 'two', ...long])
  await page.getByRole('combobox', { name: 'Slots', exact: true }).selectOption('2 at once')
  await page.getByRole('button', { name: 'Resume queue', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Pause queue', exact: true })).toBeVisible()

  // Two at once, once the short ones are through.
  await expect(names(page)).toHaveText(long, { timeout: 60_000 })
  for (const name of long) await expect(row(page, name)).toHaveAttribute('data-status', 'running', { timeout: 30_000 })
  const bar = page.getByRole('region', { name: 'Status bar', exact: true })
  await expect(bar.getByRole('link', { name: 'long-1', exact: true })).toBeVisible()
  await expect(bar.getByRole('link', { name: '1 more running', exact: true })).toBeVisible()
  await expect(timeLeft(page)).toHaveText(/^~.+ left$/, { timeout: 30_000 })
  await expectAccessible(page)
  const { runs } = (await cli('runs', 'list', '--sort', 'name', '--data', workbench.data)).document as {
    runs: { name: string; status: string; threads: number }[]
  }
  expect(runs.filter(({ status }) => status === 'done').map(({ name }) => name)).toEqual([...short].sort())
  expect(runs.map(({ threads }) => threads)).toEqual(runs.map(() => 1))

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home', exact: true }).click()
  const working = page.getByRole('region', { name: 'Running', exact: true })
  await expect(working.getByRole('link')).toHaveCount(2)
  await bar.getByRole('link', { name: '1 more running', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel long-2', exact: true }).click()
  await expect(names(page)).toHaveText(['long-1'], { timeout: 30_000 })
  expect((await queue('cancel', 'long-1')).runs).toEqual([])
  await expect(page.getByText('Nothing runs or waits.')).toBeVisible()
})

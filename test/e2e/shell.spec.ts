import { writeFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { greyPng, rectanglePixels } from '../support/png'
import { dropFiles } from './support/drop'
import { expectAccessible, test } from './support/fakeScreens'

test('every part is reached by keys: screens, palette, help, filter', async ({ page, open }) => {
  await open('#/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Home')
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page).toHaveURL(/#\/runs$/)
  await page.keyboard.press('n')
  await expect(page).toHaveURL(/#\/new/)

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette', exact: true })
  const command = palette.getByRole('combobox', { name: 'Command', exact: true })
  await expect(command).toBeFocused()
  for (const [words, title] of [
    ['theme', 'Switch between light and dark'],
    ['waiting', 'Queue'],
  ] as const) {
    await command.fill(words)
    await expect(palette.getByRole('option').filter({ hasText: title })).toBeVisible()
  }
  await command.fill('digits-1')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('digits-1')
  await expect(palette).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await command.fill('#/settings/keys')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Change keys of New run', exact: true }).click()
  await page.keyboard.press('m')
  await page.keyboard.press('m')
  await expect(page).toHaveURL(/#\/new/)

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys', exact: true })
  await expect(help.getByText('Start run')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
})

test('the status bar tells the running job and cancels it', async ({ page, open }) => {
  await open('#/')
  const bar = page.getByRole('region', { name: 'Status bar', exact: true })
  await expect(bar).toContainText('rect-3')
  await bar.getByRole('button', { name: 'Cancel job', exact: true }).click()
  await expect(bar.getByRole('button', { name: 'Cancel job', exact: true })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible()
})

test('the Problems list has every error in one line, the newest first, and leads to the run', async ({
  page,
  open,
}) => {
  await open('#/')
  const button = page.getByRole('region', { name: 'Status bar' }).getByRole('button', { name: /^Problems/ })
  await expect(button).toHaveText('Problems 5')
  await button.click()
  const problems = page.getByRole('dialog', { name: 'Problems', exact: true })
  await expect(
    problems
      .getByRole('listitem')
      .getByRole('paragraph')
      .filter({ hasText: /\[[A-Z_]+\]$/ }),
  ).toHaveText([
    'images.gz: 7,840,016 bytes promised, 7,123,456 found. Copy it again; nothing was imported. [IDX_TRUNCATED]',
    'convex.amat, line 412: 784 values, 785 expected. Correct it; nothing was imported. [AMAT_ROW]',
    'shifts-2 has no energy: its decoder is untied, so r(y|x) - y is no gradient. Train it tied, or see Dynamics. [NO_ENERGY]',
    'Loss is NaN at epoch 7, batch 31. Epoch 6 is kept: duplicate with a learning rate below 0.5. [DIVERGED]',
    'webgpu failed its self-test (off by 3e-2, limit 1e-4). Running on cpu; see Settings, Devices. [SELF_TEST]',
  ])
  await expectAccessible(page)
  await problems.getByRole('link', { name: 'rect-1', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('rect-1')
})

test('a draft survives a reload, another preset can be taken back', async ({ page, open }) => {
  await open('#/new?preset=quick')
  const factors = page.getByRole('spinbutton', { name: 'Factors F', exact: true })
  await factors.fill('64')
  await expect(page.getByText('1 field changed')).toBeVisible()
  await page.reload()
  await expect(factors).toHaveValue('64')

  const preset = page.getByRole('combobox', { name: 'Preset', exact: true })
  await preset.selectOption('shifts-gae')
  await expect(page.getByRole('combobox', { name: 'Model kind', exact: true })).toHaveValue('gae')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(preset).toHaveValue('quick')
  await expect(factors).toHaveValue('64')
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await expect(factors).toHaveValue('100')
})

test('text that is no JSON is told where, and the fields wait', async ({ page, open }) => {
  await open('#/new?preset=quick')
  const json = page.getByRole('textbox', { name: 'Spec (JSON)', exact: true })
  await json.fill('{\n  "epochs": ,\n}')
  await expect(page.getByText(/^line 2, column 13: /)).toBeVisible()
  await expect(page.getByRole('spinbutton', { name: 'Factors F', exact: true })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Start run', exact: true })).toBeDisabled()
  await expect(page.getByRole('status', { name: 'Cost estimate', exact: true })).toBeVisible()
})

test('files dropped on Home are asked about: a dataset or a pair', async ({ page, open }, info) => {
  const files = [info.outputPath('x.png'), info.outputPath('y.png')]
  for (const file of files) await writeFile(file, await greyPng(rectanglePixels(2, 10, 22, 7), 28, 28))
  await open('#/')
  await expect(page.getByRole('table', { name: 'Recent runs', exact: true })).toBeVisible()
  const dialog = page.getByRole('dialog', { name: 'Dataset or pair?', exact: true })

  await dropFiles(page, page.getByRole('main'), files)
  await dialog.getByRole('button', { name: 'Score as a pair', exact: true }).click()
  await expect(page).toHaveURL(/#\/pairs\?x=[0-9a-f]{64}&y=[0-9a-f]{64}/)

  await page.goBack()
  await dropFiles(page, page.getByRole('main'), files)
  await dialog.getByRole('button', { name: 'Import as a dataset', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Import dataset', exact: true })).toContainText('x.png')
})

test('more than two images dropped on Home are a list of pairs', async ({ page, open }, info) => {
  const files = ['a_x', 'a_y', 'b_x', 'b_y'].map((name) => info.outputPath(`${name}.png`))
  for (const file of files) await writeFile(file, await greyPng(rectanglePixels(2, 10, 22, 7), 28, 28))
  await open('#/')
  await expect(page.getByRole('table', { name: 'Recent runs', exact: true })).toBeVisible()
  await dropFiles(page, page.getByRole('main'), files)
  const dialog = page.getByRole('dialog', { name: 'Dataset or pair?', exact: true })
  await dialog.getByRole('button', { name: 'Score as pairs', exact: true }).click()
  await expect(page).toHaveURL(/#\/pairs\?.*tab=batch/)
  await expect(
    page
      .getByRole('grid', { name: /^Pairs/ })
      .getByRole('row')
      .nth(1),
  ).toBeVisible()
})

test('the theme is chosen and kept', async ({ page, open }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  await open('#/settings/appearance')
  await expect.poll(ground).toBe('rgb(246, 247, 249)')
  await page.getByRole('radio', { name: 'Dark', exact: true }).check()
  await expect.poll(ground).toBe('rgb(20, 23, 28)')
  await page.reload()
  await expect.poll(ground).toBe('rgb(20, 23, 28)')
})

for (const empty of [false, true]) {
  test(`screens are accessible, ${empty ? 'empty' : 'with work in them'}`, async ({ page, open }) => {
    // Many screens, each in both themes.
    test.slow()
    const links = ['#/', '#/new?preset=quick', '#/data', '#/data?dialog=import', '#/data?dialog=generate', '#/settings']
    if (!empty) links.push('#/data/d-rect', '#/data/d-shifts')
    for (const link of links) {
      await open(link, { empty })
      await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectAccessible(page)
    }
    await page.keyboard.press('Control+k')
    await expectAccessible(page)
  })
}

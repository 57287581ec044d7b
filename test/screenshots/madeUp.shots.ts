import { writeFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'
import { dropFiles } from '../e2e/support/drop'
import { test } from '../e2e/support/fakeScreens'
import { greyPng, rectanglePixels } from '../support/png'
import { shoot } from './shoot'

interface State {
  link: string
  /** Without any run and dataset. */
  empty?: boolean
  act?: (page: Page) => Promise<void>
  /** What it is scrolled to. */
  at?: (page: Page) => Locator
}

const wideFile = async () => ({
  name: 'wide.png',
  mimeType: 'image/png',
  buffer: Buffer.from(await greyPng(rectanglePixels(3, 5, 9, 14), 28, 28)),
})

/** Screens with made-up runs in every status, by the name of their pictures. */
const states: Record<string, State> = {
  home: { link: '#/' },
  'home-empty': { link: '#/', empty: true },
  runs: { link: '#/runs' },
  'runs-empty': { link: '#/runs', empty: true },
  'runs-filtered': { link: '#/runs?q=digits&sort=name' },
  'runs-columns': {
    link: '#/runs?cols=*name,error,dataset,seed,when',
    act: (page) => page.getByRole('button', { name: 'Columns', exact: true }).click(),
  },
  'run-running': { link: '#/runs/r-running' },
  'run-queued': { link: '#/runs/r-queued' },
  'run-done-training': { link: '#/runs/r-rect?tab=training' },
  'run-done-results': { link: '#/runs/r-digits' },
  'run-done-errors': { link: '#/runs/r-digits?tab=errors' },
  'run-done-spec': { link: '#/runs/r-digits?tab=spec' },
  'run-done-log': { link: '#/runs/r-digits?tab=log' },
  'run-pairs': { link: '#/runs/r-shifts' },
  'run-failed': { link: '#/runs/r-failed' },
  'run-interrupted': { link: '#/runs/r-interrupted' },
  'run-long-name': { link: '#/runs/r-long' },
  'run-unknown': { link: '#/runs/nowhere' },
  new: { link: '#/new?preset=quick' },
  'new-error': {
    link: '#/new?preset=quick',
    act: (page) => page.getByRole('spinbutton', { name: 'Epochs', exact: true }).first().fill('0'),
  },
  'new-empty': { link: '#/new', empty: true },
  datasets: { link: '#/data' },
  'datasets-empty': { link: '#/data', empty: true },
  'dataset-images': { link: '#/data/d-rect' },
  'dataset-pairs': { link: '#/data/d-shifts' },
  'dialog-import': { link: '#/data?dialog=import' },
  'dialog-generate': { link: '#/data?dialog=generate' },
  'pairs-waiting': { link: '#/pairs?runs=r-shifts' },
  'pairs-classifier': {
    link: '#/pairs?runs=r-rect',
    act: async (page) => {
      await page.getByLabel('Image x file', { exact: true }).setInputFiles(await wideFile())
      await expect(page.getByRole('img', { name: /^Mapping units/ })).toBeVisible()
    },
  },
  'pairs-scored': {
    link: '#/pairs?runs=r-shifts',
    act: async (page) => {
      await page.getByRole('button', { name: /^Take no. 0/ }).click()
      await expect(page.getByRole('img', { name: /^r\(y\|x\)/ })).toBeVisible()
    },
  },
  'pairs-two-runs': {
    link: '#/pairs?runs=r-rect,r-digits',
    act: async (page) => {
      await page.getByLabel('Image x file', { exact: true }).setInputFiles(await wideFile())
      await expect(page.getByRole('img', { name: /^Mapping units/ })).toHaveCount(2)
    },
    at: (page) => page.getByRole('link', { name: 'digits-1', exact: true }),
  },
  'pairs-refused': {
    link: '#/pairs?runs=r-shifts',
    act: async (page) => {
      const file = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no image, whatever its name says') }
      await page.getByLabel('Image x file', { exact: true }).setInputFiles(file)
      await page.getByLabel('Image y file', { exact: true }).setInputFiles(await wideFile())
      await expect(page.getByRole('group', { name: 'Image x', exact: true }).getByRole('alert')).toBeVisible()
    },
  },
  'pairs-empty': { link: '#/pairs', empty: true },
  'transformations-empty': { link: '#/transformations', empty: true },
  'dynamics-empty': { link: '#/dynamics', empty: true },
  queue: { link: '#/queue' },
  'queue-empty': { link: '#/queue', empty: true },
  'compare-spec': { link: '#/compare?runs=r-running,r-digits,r-long&tab=spec' },
  'compare-metrics': { link: '#/compare?runs=r-running,r-digits,r-long&tab=metrics' },
  'compare-test': { link: '#/compare?runs=r-digits,r-long&tab=test' },
  'compare-images': { link: '#/compare?runs=r-digits,r-long&tab=images' },
  'compare-empty': { link: '#/compare' },
  settings: { link: '#/settings' },
  'settings-appearance': { link: '#/settings/appearance' },
  palette: { link: '#/', act: (page) => page.keyboard.press('Control+k') },
  help: { link: '#/', act: (page) => page.keyboard.press('?') },
  problems: {
    link: '#/',
    act: (page) =>
      page
        .getByRole('region', { name: 'Status bar' })
        .getByRole('button', { name: /^Problems/ })
        .click(),
  },
  lost: { link: '#/nowhere' },
}

for (const [name, { link, empty, act, at }] of Object.entries(states)) {
  test(name, async ({ page, open }) => {
    await open(link, { empty: empty ?? false })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await act?.(page)
    await shoot(page, name, { at: at?.(page) })
  })
}

for (const [name, count] of Object.entries({ 'home-dropped-pair': 2, 'home-dropped-pairs': 4 })) {
  test(name, async ({ page, open }, info) => {
    const files = ['a_x', 'a_y', 'b_x', 'b_y'].slice(0, count).map((file) => info.outputPath(`${file}.png`))
    for (const file of files) await writeFile(file, await greyPng(rectanglePixels(2, 10, 22, 7), 28, 28))
    await open('#/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await dropFiles(page, page.getByRole('main'), files)
    await expect(page.getByRole('dialog')).toBeVisible()
    await shoot(page, name)
  })
}

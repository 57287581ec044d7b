import { expect, type Page } from '@playwright/test'
import { test } from './support/fakeScreens'

/** CSS pixels of windows: small ones, 1280x800 and 1920x1080 at 200 % zoom, and a large one. */
const sizes = [
  { width: 640, height: 400 },
  { width: 960, height: 540 },
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
]

const screens: Record<string, { link: string; empty?: boolean; act?: (page: Page) => Promise<unknown> }> = {
  Home: { link: '#/' },
  'Home, empty': { link: '#/', empty: true },
  Runs: { link: '#/runs' },
  'a run that trains': { link: '#/runs/r-running' },
  'results of ten classes': { link: '#/runs/r-digits' },
  errors: { link: '#/runs/r-digits?tab=errors' },
  'a spec': { link: '#/runs/r-digits?tab=spec' },
  'a log': { link: '#/runs/r-digits?tab=log' },
  'a model of pairs': { link: '#/runs/r-shifts' },
  'a failed run': { link: '#/runs/r-failed' },
  'a long name': { link: '#/runs/r-long' },
  'a new run': { link: '#/new?preset=quick' },
  'the Pair lab, waiting': { link: '#/pairs?runs=r-shifts' },
  'the Pair lab, scored': {
    link: '#/pairs?runs=r-shifts',
    act: async (page) => {
      await page.getByRole('button', { name: /^Take no. 0/ }).click()
      await expect(page.getByRole('img', { name: /^r\(y\|x\)/ })).toBeVisible()
    },
  },
  Batch: { link: '#/pairs?tab=batch&runs=r-shifts' },
  'a comparison': { link: '#/compare?runs=r-running,r-digits,r-long&tab=metrics' },
  'tests of a comparison': { link: '#/compare?runs=r-digits,r-long&tab=test' },
  Datasets: { link: '#/data' },
  'a dataset': { link: '#/data/d-rect' },
  'a dataset of pairs': { link: '#/data/d-shifts' },
  'the import': { link: '#/data?dialog=import' },
  'the generators': { link: '#/data?dialog=generate' },
  Queue: { link: '#/queue' },
  'Settings, keys': { link: '#/settings/keys' },
  palette: { link: '#/', act: (page) => page.keyboard.press('Control+k') },
  help: { link: '#/', act: (page) => page.keyboard.press('?') },
}

/**
 * Controls and headings that no scrolling brings into view as a whole, cells and parts that lie over others, and the
 * scrolled parts of a screen that are wider than their place. Tables and grids scroll by themselves.
 */
function faults(): string[] {
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.className} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) found.push(`the page: ${root.scrollWidth} in ${root.clientWidth}`)
  for (const part of document.querySelectorAll('main, .screen-body, .home, dialog[open], .screen-header')) {
    if (part.scrollWidth > part.clientWidth + 1) found.push(`${name(part)}: ${part.scrollWidth} in ${part.clientWidth}`)
  }
  for (const cell of document.querySelectorAll('th, td')) {
    if (cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1 && !cell.matches('.clip, :has(.clip)')) {
      found.push(`${name(cell)} is wider than its column`)
    }
  }
  for (const part of document.querySelectorAll('.screen-body > * + *')) {
    const above = part.previousElementSibling?.getBoundingClientRect().bottom ?? 0
    if (part.checkVisibility() && part.getBoundingClientRect().top < above - 1)
      found.push(`${name(part)} lies over another`)
  }
  const open = document.querySelector('dialog[open]')
  const top = open ?? document
  for (const element of top.querySelectorAll('a, button, input, select, textarea, h1, h2, h3, label, [role=img]')) {
    if (element.closest('.visually-hidden, [hidden], svg') || !element.checkVisibility()) continue
    const box = element.getBoundingClientRect()
    if (box.width < 2 || box.height < 2) continue
    // What an ancestor cuts off, unless it scrolls there.
    let [across, down] = [true, true]
    for (let part = element.parentElement; part !== null && (across || down); part = part.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(part)
      const edge = part.getBoundingClientRect()
      if (across && overflowX !== 'visible') {
        if (overflowX !== 'hidden') across = false
        else if (box.right > edge.right + 1 || box.left < edge.left - 1) {
          found.push(`${name(element)} is cut across by ${name(part)}`)
          across = false
        }
      }
      if (down && overflowY !== 'visible') {
        if (overflowY !== 'hidden') down = false
        else if (box.bottom > edge.bottom + 1 || box.top < edge.top - 1) {
          found.push(`${name(element)} is cut down by ${name(part)}`)
          down = false
        }
      }
    }
    if (across && (box.right > innerWidth + 1 || box.left < -1)) found.push(`${name(element)} lies beside the window`)
  }
  return [...new Set(found)]
}

for (const [screen, { link, empty, act }] of Object.entries(screens)) {
  test(`${screen}: nothing is cut in any window`, async ({ page, open }) => {
    await page.setViewportSize(sizes[3])
    await open(link, { empty: empty ?? false })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await act?.(page)
    await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy', 'true')
    for (const size of sizes) {
      await page.setViewportSize(size)
      await expect.poll(() => page.evaluate(faults), `${size.width}x${size.height}`).toEqual([])
    }
  })
}

test('pictures have an edge that is told from the page in both themes', async ({ page, open }) => {
  for (const link of ['#/', '#/data/d-rect', '#/runs/r-digits']) {
    await open(link)
    const picture = page.locator('canvas.pixels').first()
    await expect(picture).toBeVisible()
    for (const [colorScheme, edge] of [
      ['light', 'rgb(122, 130, 142)'],
      ['dark', 'rgb(124, 134, 148)'],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await expect(picture).toHaveCSS('box-shadow', `${edge} 0px 0px 0px 1px`)
    }
  }
})

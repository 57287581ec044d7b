import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type Page } from '@playwright/test'
import { serveWorkbench } from '../../../src/main/served/serve'
import { fakeWorkbench, type FakeOptions } from '../../support/fake/workbench'
import { KeptLog } from '../../support/keptLog'
import { enter } from './enter'

interface Screens {
  /** Opens a link (`#/...`) of a workbench with made-up runs in every state, or of an empty one. */
  open: (hash: string, options?: FakeOptions) => Promise<void>
}

/** Tests of screens alone: the built page over the real served pipe, seeded data behind it. Console errors fail. */
export const test = base.extend<Screens>({
  open: async ({ page }, use) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    const stops: (() => Promise<void>)[] = []
    await use(async (hash, options) => {
      const served = await serveWorkbench({
        workbench: fakeWorkbench(options),
        port: 0,
        host: '127.0.0.1',
        log: new KeptLog(),
        rendererFolder: join(import.meta.dirname, '../../../out/renderer'),
      })
      stops.push(() => served.close())
      // Then a fresh start at the link, as from a bookmark.
      await enter(page.context(), served.url)
      await page.goto(`http://127.0.0.1:${served.port}/${hash}`)
    })
    await page.close()
    for (const stop of stops) await stop()
    expect(faults).toEqual([])
  },
})

/** No violation that axe knows of, in the light and the dark theme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${colorScheme}: ${id} ${target.join(' ')}`),
    )
    expect(found).toEqual([])
  }
}

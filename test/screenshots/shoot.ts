import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

const folder = join(import.meta.dirname, '../../screenshots')
/** The second is half of 1280x800: a window at 200 % zoom. */
const sizes = [
  { width: 1280, height: 800 },
  { width: 640, height: 400 },
  { width: 1024, height: 700 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
]

interface Look {
  /** What the page is scrolled to. */
  at?: Locator
  /** Whether the page is shot while it still works on something. */
  busy?: boolean
}

/** The page as it is now, in both themes and every size: `screenshots/NAME-THEME-WIDTH.png`. */
export async function shoot(page: Page, name: string, { at, busy = false }: Look = {}): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      if (!busy) await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy', 'true')
      await at?.scrollIntoViewIfNeeded()
      // Charts and canvases draw in the frame after their data.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}.png`) })
    }
  }
}

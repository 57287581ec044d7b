import { defineConfig } from '@playwright/test'
import { findBrowser, launchOptions } from '../support/browser'

const browser = await findBrowser()

/** `npm run screenshots`: pictures to look at, into `screenshots/`; no part of the tests. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.shots.ts',
  globalSetup: '../support/endToEndSetup.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { launchOptions: launchOptions(browser) },
})

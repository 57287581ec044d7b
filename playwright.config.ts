import { defineConfig } from '@playwright/test'
import { findBrowser, launchOptions } from './test/support/browser'

const browser = await findBrowser()

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './test/support/endToEndSetup.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  // On a busy machine of others a page may be late; what passed only at its second try is named at the end.
  retries: process.env['CI'] === undefined ? 0 : 1,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: launchOptions(browser),
    trace: 'retain-on-failure',
  },
})

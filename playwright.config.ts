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
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: launchOptions(browser),
    trace: 'retain-on-failure',
  },
})

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Set within the workers: processes that tests start leave their coverage, and the workers themselves do not. */
const env = JSON.parse(process.env['GAE_WORKBENCH_PROCESS_ENV'] ?? '{}') as Record<string, string>

/** On a busy machine of others a process may be late; what passed only at its second try is named at the end. */
const secondTries = process.env['CI'] === undefined ? 0 : 1

const contract = {
  env,
  include: ['test/contract/**/*.test.ts'],
  environment: 'node' as const,
  globalSetup: ['test/support/built.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  retry: secondTries,
}

/** What kills processes, fills disks, follows sources or compiles for all cores wants the machine for itself. */
const alone = ['test/contract/{crashes,dev}/**/*.test.ts', 'test/contract/compute/webgpu.test.ts']

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['src/main/**/*.ts'],
      reporter: ['json'],
      reportsDirectory: 'coverage/vitest',
      reportOnFailure: true,
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/renderer/**'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        plugins: [vue()],
        test: { name: 'renderer', include: ['test/unit/renderer/**/*.test.ts'], environment: 'happy-dom' },
      },
      // Contract tests start processes of their own: two files at a time keep two cores busy and no more.
      { test: { ...contract, name: 'contract', exclude: alone, maxWorkers: 2, sequence: { groupOrder: 1 } } },
      {
        test: { ...contract, name: 'alone', include: alone, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
})

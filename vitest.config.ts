import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Set within the workers: processes that tests start leave their coverage, and the workers themselves do not. */
const env = JSON.parse(process.env['GAE_WORKBENCH_PROCESS_ENV'] ?? '{}') as Record<string, string>

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
      {
        test: {
          name: 'contract',
          env,
          include: ['test/contract/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Contract tests start processes of their own: one file at a time keeps two cores usable.
          fileParallelism: false,
        },
      },
    ],
  },
})

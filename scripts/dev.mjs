// @ts-check
// npm run dev -- [--desktop | --browser] [--data DIR] [--port P]: the workbench that follows its sources.
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from './build.mjs'

const file = join(root, 'scripts', 'dev', 'dev.ts')
const { module } = /** @type {{ module: typeof import('./dev/dev') }} */ (
  await runnerImport(file, { configFile: false, root, logLevel: 'error' })
)
process.exitCode = await module.dev()

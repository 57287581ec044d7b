// @ts-check
// Builds after an install. An install without the development packages has nothing to build with and needs none: what
// is published holds `out/` already.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, root } from './build.mjs'

if (existsSync(join(root, 'node_modules', 'electron-vite'))) build()
else console.log('prepare: electron-vite is not installed, so nothing was built')

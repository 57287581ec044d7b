// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** Runs `electron-vite build`, which does not need Electron's runtime. Ends the process where it fails. */
export function build() {
  const command = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { status } = spawnSync(process.execPath, [command, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
}

/**
 * Time of the newest file, in milliseconds since 1970.
 * @param {string} path file or folder
 * @returns {number}
 */
function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const results = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'].map((path) =>
  join(root, path),
)
const sources = ['src', 'electron.vite.config.ts', 'package.json'].map((path) => join(root, path))

/** Builds where `out/` is missing or older than a source. */
export function buildIfStale() {
  const oldest = Math.min(...results.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)))
  if (Math.max(...sources.map(newest)) > oldest) build()
}

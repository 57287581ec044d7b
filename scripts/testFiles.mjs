// @ts-check
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildIfStale, root } from './build.mjs'

const kinds = /\.(test|spec)\.ts$/

/** @param {string[]} command a program of node_modules, from there, and its arguments */
function run([program = '', ...options]) {
  const command = [join(root, 'node_modules', program), ...options]
  return spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' }).status === 0
}

/**
 * `npm test -- NAME`: the files of that name, or else those that have it in their path, each with its own runner.
 * @param {string} name
 * @param {string[]} options for the runners
 * @returns {boolean} false where a test failed or none has the name
 */
export function runFiles(name, options) {
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
    .filter((path) => kinds.test(path))
  const named = all.filter((path) => basename(path).replace(kinds, '') === name)
  const files = named.length > 0 ? named : all.filter((path) => path.includes(name))
  const specs = files.filter((path) => path.endsWith('.spec.ts'))
  const tests = files.filter((path) => path.endsWith('.test.ts'))
  if (files.length === 0) console.log(`No test file has "${name}" in its path.`)
  // A renderer's or unit test takes the sources; the others run what was built.
  if (files.some((path) => !path.startsWith('test/unit/'))) buildIfStale()
  const passed = [
    // Names first: an option that may have a value would take one for it.
    tests.length === 0 || run(['vitest/vitest.mjs', 'run', ...tests, ...options]),
    specs.length === 0 || run(['@playwright/test/cli.js', 'test', ...specs, ...options]),
  ]
  return files.length > 0 && passed.every(Boolean)
}

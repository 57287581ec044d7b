// @ts-check
// Coverage of src/main over everything that `npm test` ran: the code that vitest loaded itself, and the built programs
// that ran as processes of their own (children, the served workbench, the command line, the main process in its double).
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './build.mjs'

/**
 * @typedef {{ statementMap: Record<string, { start: { line: number } }>, s: Record<string, number> }} FileCoverage
 * @typedef {{ result: { url: string }[], 'source-map-cache'?: Record<string, unknown> }} RawCoverage
 */

export const coverageFolder = join(root, 'coverage')
/** Where processes leave what V8 counted. */
export const rawFolder = join(coverageFolder, 'raw')

const built = pathToFileURL(join(root, 'out', 'main')).href

/** Leaves only what concerns the built main side; the rest is many times larger. */
function prune() {
  for (const name of readdirSync(rawFolder)) {
    const path = join(rawFolder, name)
    /** @type {RawCoverage} */
    const raw = JSON.parse(readFileSync(path, 'utf8'))
    const maps = Object.entries(raw['source-map-cache'] ?? {}).filter(([url]) => url.startsWith(built))
    const result = raw.result.filter(({ url }) => url.startsWith(built))
    writeFileSync(path, JSON.stringify({ ...raw, result, 'source-map-cache': Object.fromEntries(maps) }))
  }
}

/** Translates what the processes left to lines of the sources. */
function translate() {
  if (!existsSync(rawFolder)) return
  prune()
  const c8 = join(root, 'node_modules', 'c8', 'bin', 'c8.js')
  const options = ['--temp-directory', rawFolder, '--reports-dir', join(coverageFolder, 'processes')]
  const { status } = spawnSync(
    process.execPath,
    [c8, 'report', ...options, '--reporter', 'json', '--include', 'src/main/**', '--exclude-after-remap'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  if (status !== 0) throw new Error('c8 could not read the coverage of the processes')
}

/**
 * Lines that hold a statement, and whether any run reached them. vitest alone says which lines count: c8 counts every
 * line of a file, blank ones too.
 * @returns {Map<string, Map<number, boolean>>}
 */
function lines() {
  /** @type {Map<string, Map<number, boolean>>} */
  const files = new Map()
  for (const report of ['unit', 'contract', 'processes']) {
    const path = join(coverageFolder, report, 'coverage-final.json')
    if (!existsSync(path)) continue
    /** @type {Record<string, FileCoverage>} */
    const coverage = JSON.parse(readFileSync(path, 'utf8'))
    for (const [file, { statementMap, s }] of Object.entries(coverage)) {
      const counted = files.get(file) ?? new Map()
      for (const [id, { start }] of Object.entries(statementMap)) {
        if (report === 'processes' && !counted.has(start.line)) continue
        counted.set(start.line, counted.get(start.line) === true || (s[id] ?? 0) > 0)
      }
      if (report !== 'processes') files.set(file, counted)
    }
  }
  return files
}

/** @param {string} file */
function folderOf(file) {
  const parts = relative(join(root, 'src', 'main'), file).split(sep)
  return parts.length === 1 ? 'entries' : parts[0]
}

/** Prints covered lines a folder of src/main. */
export function printCoverage() {
  translate()
  /** @type {Map<string, { covered: number, all: number }>} */
  const folders = new Map()
  const total = { covered: 0, all: 0 }
  for (const [file, counted] of lines()) {
    const folder = folderOf(file) ?? 'entries'
    const sum = folders.get(folder) ?? { covered: 0, all: 0 }
    folders.set(folder, sum)
    for (const covered of counted.values()) {
      for (const one of [sum, total]) {
        one.all++
        if (covered) one.covered++
      }
    }
  }
  console.log('\nLines of src/main covered, child processes included')
  for (const [name, { covered, all }] of [...[...folders].sort(), /** @type {const} */ (['all', total])]) {
    const share = all === 0 ? '--' : `${((100 * covered) / all).toFixed(1)} %`
    console.log(`  ${name.padEnd(12)} ${`${covered}/${all}`.padStart(11)} ${share.padStart(8)}`)
  }
}

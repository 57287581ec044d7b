// @ts-check
// Coverage of src/main over everything that `npm test` ran: the code that vitest loaded itself, and the built programs
// that ran as processes of their own (children, the served workbench, the command line, the main process in its double).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { root } from './build.mjs'

/**
 * @typedef {{ statementMap: Record<string, { start: { line: number } }>, s: Record<string, number> }} FileCoverage
 * @typedef {{ startOffset: number, endOffset: number, count: number }} Range
 * @typedef {{ url: string, functions: { ranges: Range[] }[] }} ScriptCoverage
 */

export const coverageFolder = join(root, 'coverage')
/** Where processes leave what V8 counted. */
export const rawFolder = join(coverageFolder, 'raw')

/** What turns the measuring of processes on. */
export const processEnv = {
  NODE_V8_COVERAGE: rawFolder,
  NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'scripts', 'childCoverage.mjs')).href}`,
}

const sources = join(root, 'src', 'main') + sep
const built = pathToFileURL(join(root, 'out', 'main') + sep).href

/** Lines that hold a statement, by file, and whether any run reached them. @typedef {Map<string, Map<number, boolean>>} Lines */

/** What vitest loaded itself, and every line that counts. @returns {Lines} */
function linesOfTests() {
  /** @type {Lines} */
  const files = new Map()
  for (const suite of ['unit', 'contract']) {
    const path = join(coverageFolder, suite, 'coverage-final.json')
    if (!existsSync(path)) continue
    /** @type {Record<string, FileCoverage>} */
    const coverage = JSON.parse(readFileSync(path, 'utf8'))
    for (const [file, { statementMap, s }] of Object.entries(coverage)) {
      const lines = files.get(file) ?? new Map()
      files.set(file, lines)
      for (const [id, { start }] of Object.entries(statementMap)) {
        lines.set(start.line, lines.get(start.line) === true || (s[id] ?? 0) > 0)
      }
    }
  }
  return files
}

/**
 * Paints outer ranges first, so that each place keeps the count of the innermost range around it.
 * @param {ScriptCoverage} script
 * @param {number} length
 */
function reached({ functions }, length) {
  const counts = new Int8Array(length)
  const ranges = functions.flatMap((one) => one.ranges)
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
  for (const { startOffset, endOffset, count } of ranges) counts.fill(count > 0 ? 1 : 0, startOffset, endOffset)
  return counts
}

/**
 * Where each line of a built file begins, and the source's line that it came from.
 * @param {string} path
 */
function placesOf(path) {
  const code = readFileSync(path, 'utf8')
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')))
  /** @type {{ offset: number, file: string, line: number }[]} */
  const places = []
  let start = 0
  for (const [index, text] of code.split('\n').entries()) {
    const column = text.search(/\S/)
    // Node's declarations say `{}` for a place that comes from no source.
    const entry = /** @type {Partial<import('node:module').SourceMapping>} */ (
      column < 0 ? {} : map.findEntry(index, column)
    )
    if (entry.originalSource !== undefined && entry.originalLine !== undefined) {
      const file = resolve(dirname(path), entry.originalSource)
      if (file.startsWith(sources)) places.push({ offset: start + column, file, line: entry.originalLine + 1 })
    }
    start += text.length + 1
  }
  return { length: code.length, places }
}

/**
 * What one process left. Tests kill processes with no chance to finish a file: such a one counts for nothing.
 * @param {string} path
 * @returns {ScriptCoverage[]}
 */
function countsOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).result
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Marks what the processes reached. @param {Lines} files */
function addProcesses(files) {
  /** @type {Map<string, ReturnType<typeof placesOf>>} */
  const known = new Map()
  for (const name of readdirSync(rawFolder)) {
    for (const script of countsOf(join(rawFolder, name)).filter(({ url }) => url.startsWith(built))) {
      const path = fileURLToPath(script.url.replace(/\?.*$/, ''))
      // A build that has been replaced since cannot be read any more.
      if (!existsSync(`${path}.map`)) continue
      const program = known.get(path) ?? placesOf(path)
      known.set(path, program)
      const counts = reached(script, program.length)
      for (const { offset, file, line } of program.places) {
        const lines = files.get(file)
        if (counts[offset] === 1 && lines?.has(line)) lines.set(line, true)
      }
    }
  }
}

/** @param {string} file */
function folderOf(file) {
  const [first = '', second] = relative(sources, file).split(sep)
  return second === undefined ? 'entries' : first
}

/** Prints covered lines a folder of src/main. */
export function printCoverage() {
  const files = linesOfTests()
  addProcesses(files)
  /** @type {Map<string, { covered: number, all: number }>} */
  const folders = new Map()
  const total = { covered: 0, all: 0 }
  for (const [file, lines] of files) {
    const folder = folderOf(file)
    const sum = folders.get(folder) ?? { covered: 0, all: 0 }
    folders.set(folder, sum)
    for (const covered of lines.values()) {
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

// @ts-check
// npm test: builds, then runs unit, contract and end-to-end tests, then prints coverage. The last line is
// "N passed, N failed"; a suite that crashes counts as failed. npm test -- NAME: the test files of that name alone.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale, root } from './build.mjs'
import { coverageFolder, printCoverage, processEnv, rawFolder } from './coverage.mjs'
import { runFiles } from './testFiles.mjs'

/**
 * @typedef {{ passed: number, failed: number, second: string[] }} Count `second`: what passed only at its second try
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} Assertion
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: Assertion[] }[] }} VitestReport
 * @typedef {{ specs: { title: string, tests: { status: string }[] }[], suites?: Suite[] }} Suite
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[], suites: Suite[] }} PlaywrightReport
 */

/**
 * @param {string} name
 * @param {string[]} command
 * @param {Record<string, string>} env
 * @param {(report: any) => Count} count reads the suite's JSON report
 * @returns {Count}
 */
function run(name, command, env, count) {
  console.log(`\n== ${name}`)
  const report = join(coverageFolder, `${name}.json`)
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (!existsSync(report)) return { passed: 0, failed: 1, second: [] }
  const counted = count(JSON.parse(readFileSync(report, 'utf8')))
  return { ...counted, failed: status !== 0 && counted.failed === 0 ? 1 : counted.failed }
}

/** @param {VitestReport} report */
const countVitest = ({ numPassedTests, numFailedTests, testResults }) => {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const second = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    second: second.map(({ fullName }) => fullName.trim()),
  }
}

/**
 * @param {Suite} suite
 * @returns {string[]}
 */
const flakyOf = ({ specs, suites = [] }) => [
  ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
  ...suites.flatMap(flakyOf),
]

/** @param {PlaywrightReport} report */
const countPlaywright = ({ stats, errors, suites }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
  second: suites.flatMap(flakyOf),
})

/**
 * @param {string} name
 * @param {string[]} options
 */
const vitest = (name, options) =>
  run(
    name,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...options,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(coverageFolder, `${name}.json`)}`,
      '--coverage',
      `--coverage.reportsDirectory=${join(coverageFolder, name)}`,
    ],
    { GAE_WORKBENCH_PROCESS_ENV: JSON.stringify(processEnv) },
    countVitest,
  )

const [name, ...options] = process.argv.slice(2)
if (name !== undefined) process.exit(runFiles(name, options) ? 0 : 1)

rmSync(coverageFolder, { recursive: true, force: true })
mkdirSync(rawFolder, { recursive: true })
buildIfStale()

const counts = [
  vitest('unit', ['--project', 'unit', '--project', 'renderer']),
  vitest('contract', ['--project', 'contract', '--project', 'alone']),
  run(
    'e2e',
    [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'],
    { ...processEnv, PLAYWRIGHT_JSON_OUTPUT_FILE: join(coverageFolder, 'e2e.json') },
    countPlaywright,
  ),
]
printCoverage()
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
const second = counts.flatMap((count) => count.second)
if (second.length > 0) console.log(['\nPassed only at the second try:', ...second].join('\n  '))
process.exitCode = failed === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed`)

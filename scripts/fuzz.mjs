// @ts-check
// npm run fuzz -- [--minutes N] [--inputs N] [--reader NAME] [--seed S] [--from N]: changes valid files at random and
// imports them, a process for each reader. A fault is a crash, an answer that takes over ten seconds, a partial import,
// or memory over 1.5 GB. Ends after so many minutes, or so many inputs of each reader. The last line is a JSON document.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { root } from './build.mjs'

/** Longest time for an answer. */
const hangMilliseconds = 10_000
/** Time in which a process starts. */
const startMilliseconds = 120_000
const mostBytes = 1.5e9
const atOnce = 2

/**
 * @typedef {{ reader: string, seed: number, from: number, inputs: number, until: number }} Task
 * @typedef {{ number: number, answer?: string, fault?: string | null, maxRss?: number }} Message
 * @typedef {{ reader: string, inputs: number, accepted: number, refused: Record<string, number>, faults: string[], maxRss: number }} Report
 */

const load = async () =>
  /** @type {typeof import('../test/fuzz/attempt')} */ (
    (await runnerImport(join(root, 'test', 'fuzz', 'attempt.ts'), { configFile: false, root, logLevel: 'error' }))
      .module
  )

/**
 * The process of one reader: says which input it begins, then how that was answered.
 * @param {Task} task
 */
async function work({ reader, seed, from, inputs, until }) {
  const { attempt } = await load()
  const folder = mkdtempSync(join(tmpdir(), 'gae-fuzz-'))
  /** @param {Message} message */
  const say = (message) => void process.send?.(message)
  try {
    for (let number = from; number < from + inputs && Date.now() < until; number++) {
      say({ number })
      const { answer, fault } = await attempt(reader, seed, number, folder)
      say({ number, answer, fault, maxRss: process.resourceUsage().maxRSS * 1024 })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  process.disconnect()
}

/**
 * Runs the process of a reader, and again after each input that ended it.
 * @param {Task} task
 * @returns {Promise<Report>}
 */
async function fuzz(task) {
  /** @type {Report} */
  const report = { reader: task.reader, inputs: 0, accepted: 0, refused: {}, faults: [], maxRss: 0 }
  let next = task.from
  while (next < task.from + task.inputs && Date.now() < task.until) {
    const left = { ...task, from: next, inputs: task.from + task.inputs - next }
    const ended = await watch(left, report)
    if (ended === null) break
    next = ended + 1
  }
  return report
}

/**
 * @param {Task} task
 * @param {Report} report gets what the process says
 * @returns {Promise<number | null>} the input that ended the process; null where it ended by itself
 */
function watch(task, report) {
  const options = ['--work', JSON.stringify(task)]
  // Decoders remark on what they find: only the last words of a process that ends are of interest.
  const child = fork(fileURLToPath(import.meta.url), options, { cwd: root, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk) => (words = (words + chunk).slice(-2000)))
  return new Promise((resolve, reject) => {
    /** @type {number | null} */
    let begun = null
    let isHung = false
    const hang = () => {
      isHung = true
      child.kill('SIGKILL')
    }
    let timer = setTimeout(hang, startMilliseconds)
    child.on('message', (/** @type {Message} */ { number, answer, fault, maxRss = 0 }) => {
      clearTimeout(timer)
      timer = setTimeout(hang, hangMilliseconds)
      begun = number
      if (answer === undefined) return
      report.inputs++
      if (answer === 'accepted') report.accepted++
      else report.refused[answer] = (report.refused[answer] ?? 0) + 1
      if (fault) report.faults.push(`input ${number}: ${fault}`)
      if (maxRss > mostBytes && report.maxRss <= mostBytes) {
        report.faults.push(`input ${number}: ${Math.round(maxRss / 1e6)} MB of memory`)
      }
      report.maxRss = Math.max(report.maxRss, maxRss)
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) return resolve(null)
      if (begun === null) return reject(new Error(`the process of ${task.reader} does not start: ${words}`))
      report.inputs++
      report.faults.push(
        `input ${begun}: ${isHung ? 'no answer in ten seconds' : `the process ended (${code ?? signal}): ${words}`}`,
      )
      resolve(begun)
    })
  })
}

/** @param {string | undefined} value @param {number} otherwise */
const number = (value, otherwise) => {
  const parsed = value === undefined ? otherwise : Number(value)
  if (!(parsed >= 0)) throw new Error(`no number: ${value}`)
  return parsed
}

async function main() {
  /** @type {{ values: Record<string, string | undefined> }} */
  const { values } = parseArgs({
    options: Object.fromEntries(
      ['minutes', 'inputs', 'reader', 'seed', 'from'].map((name) => [name, { type: 'string' }]),
    ),
  })
  const { checkSamples, readerNames } = await load()
  const readers = readerNames.filter((name) => values.reader === undefined || name === values.reader)
  if (readers.length === 0) throw new Error(`no reader ${values.reader}; there are ${readerNames.join(', ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'gae-fuzz-'))
  for (const reader of readers) await checkSamples(reader, folder)
  rmSync(folder, { recursive: true })
  const milliseconds = number(values.minutes, values.inputs === undefined ? 1 : 24 * 60) * 60_000
  const each = (milliseconds * Math.min(atOnce, readers.length)) / readers.length
  /** @type {Report[]} */
  const reports = []
  const waiting = [...readers]
  const lane = async () => {
    for (let reader = waiting.shift(); reader !== undefined; reader = waiting.shift()) {
      const task = { reader, seed: number(values.seed, 1), from: number(values.from, 0), until: Date.now() + each }
      const report = await fuzz({ ...task, inputs: number(values.inputs, Number.MAX_SAFE_INTEGER) })
      reports.push(report)
      const refused = report.inputs - report.accepted
      const figures = `${report.inputs} inputs, ${report.accepted} imported, ${refused} refused, ${report.faults.length} faults`
      console.log(`${reader}: ${figures}, ${Math.round(report.maxRss / 1e6)} MB`)
      for (const fault of report.faults.slice(0, 10)) console.log(`  ${fault}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  const inputs = reports.reduce((sum, report) => sum + report.inputs, 0)
  const faults = reports.reduce((sum, report) => sum + report.faults.length, 0)
  console.log(JSON.stringify({ inputs, faults, readers: reports }))
  process.exitCode = faults === 0 ? 0 : 1
}

if (process.argv[2] === '--work') await work(JSON.parse(process.argv[3] ?? ''))
else await main()

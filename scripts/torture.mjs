// @ts-check
// npm run torture -- --kills N [--seed S]: kills main, trainers or both at random moments of training, fine-tuning,
// import and the making of a database; after each kill the data folder must be whole; resumed runs must end at the
// figures of an undisturbed one. The last line is a JSON document.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildIfStale, root } from './build.mjs'
import { integrity } from './integrity.mjs'

const spec = {
  model: { kind: 'mcae', hidden: 50, factors: 50, mappings: 20, factorStd: 0.1 },
  dataset: 'rect',
  preprocess: { contrast: true },
  optimizer: { kind: 'adam', learningRate: 0.001 },
  epochs: 25,
  batchSize: 20,
  earlyStopping: { patience: 1000 },
  classifier: { finetune: 'all', epochs: 12, batchSize: 50, learningRate: 0.0003, earlyStopping: { patience: 1000 } },
}

/** Two figures of one engine that differ by more are not equal. */
const tolerance = 1e-5

/** As many kills as one run gets before it may end. */
const killsOfRun = 3

/**
 * @typedef {{ kills: number, by: Record<string, number>, runs: number, largestDifference: number, faults: string[] }} Report
 * @typedef {{ code: number | null, signal: string | null, document: any, error: string }} Ended
 */

/** @param {number} seed */
function stream(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Runs a command; `kill`, if given, is called once, `wait` milliseconds after the first line of progress.
 * @param {string[]} args
 * @param {{ wait?: number, atOnce?: boolean, kill?: (pid: number) => void }} [plan]
 * @returns {Promise<Ended>}
 */
function command(args, { wait = 0, atOnce = false, kill } = {}) {
  const child = spawn(process.execPath, ['bin/gae-workbench.js', ...args, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const arm = () => {
    if (kill !== undefined) timer ??= setTimeout(() => child.pid !== undefined && kill(child.pid), wait)
  }
  if (atOnce) arm()
  let [text, error] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  createInterface(child.stderr).on('line', (line) => {
    error = line
    arm()
  })
  return new Promise((resolve) =>
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, document: text === '' ? null : JSON.parse(text), error })
    }),
  )
}

/**
 * Ten thousand random images of two classes, as IDX.
 * @param {string} images @param {string} labels @param {() => number} random
 */
function writeImages(images, labels, random) {
  const [count, side] = [10_000, 28]
  const head = Buffer.alloc(16)
  ;[0x803, count, side, side].forEach((value, index) => head.writeUInt32BE(value, 4 * index))
  writeFileSync(images, Buffer.concat([head, Uint8Array.from({ length: count * side * side }, () => random() * 256)]))
  const short = Buffer.alloc(8)
  ;[0x801, count].forEach((value, index) => short.writeUInt32BE(value, 4 * index))
  writeFileSync(labels, Buffer.concat([short, Uint8Array.from({ length: count }, (_, index) => index % 2)]))
}

/** @param {number} pid @returns {number[]} */
function childrenOf(pid) {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return all
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0)
}

/** @param {number} pid */
function end(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

/**
 * @param {{ kills: number, seed?: number, say?: (line: string) => void }} options
 * @returns {Promise<Report>}
 */
export async function torture({ kills, seed = 1, say = () => undefined }) {
  const random = stream(seed)
  const folder = mkdtempSync(join(tmpdir(), 'gae-torture-'))
  const data = ['--data', folder]
  /** @type {Report} */
  const report = { kills: 0, by: {}, runs: 0, largestDifference: 0, faults: [] }

  /** @param {string} where @param {string} what */
  const fault = (where, what) => {
    report.faults.push(`${where}: ${what}`)
    say(`FAULT ${where}: ${what}`)
  }
  /** @param {string} what @param {string} place */
  const killed = async (what, place) => {
    report.kills++
    report.by[what] = (report.by[what] ?? 0) + 1
    for (const wrong of await integrity(place)) fault(what, wrong)
    say(`${report.kills} of ${kills}: ${what}`)
  }

  /** @param {string[]} args */
  const must = async (args) => {
    const ended = await command(args)
    if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.error}`)
    return ended.document
  }

  /** One run, killed a few times, then compared. @param {any} undisturbed @param {number} length milliseconds that it takes */
  async function tortureRun(undisturbed, length) {
    const name = `torture-${++report.runs}`
    let args = ['train', join(folder, 'spec.json'), '--name', name, ...data]
    for (let left = killsOfRun; ; left--) {
      const whom = ['main', 'trainer', 'main and trainer'][Math.floor(random() * 3)] ?? 'main'
      let struck = false
      /** @param {number} pid */
      const kill = (pid) => {
        const trainers = childrenOf(pid)
        struck = true
        if (whom !== 'trainer') end(pid)
        if (whom !== 'main') trainers.forEach(end)
      }
      const may = left > 0 && report.kills < kills
      const ended = await command(args, may ? { wait: random() * (length / 2), kill } : {})
      if (ended.code === 0) return compare(name, undisturbed, ended.document)
      if (!struck) return fault(name, `ended by itself: ${ended.error}`)
      const { runs } = await must(['runs', 'list', ...data])
      const run = runs.find((/** @type {any} */ one) => one.name === name)
      await killed(`${whom} in ${phaseOf(ended.error)}`, folder)
      // The kill may come between the run's end and the process's.
      if (run.status === 'done') return compare(name, undisturbed, run)
      if (run.status !== 'interrupted') fault(name, `is ${run.status} after the kill`)
      args = ['resume', name, ...data]
    }
  }

  /** @param {string} name @param {any} expected @param {any} document */
  function compare(name, expected, document) {
    if (document.epochs !== expected.epochs) fault(name, `${document.epochs} epochs, not ${expected.epochs}`)
    for (const split of ['valid', 'test']) {
      for (const figure of ['error', 'nll', 'loss']) {
        const difference = Math.abs(document[split][figure] - expected[split][figure])
        report.largestDifference = Math.max(report.largestDifference, difference)
        if (!(difference <= tolerance)) fault(name, `${split} ${figure} differs by ${difference}`)
      }
    }
  }

  /** A dataset is there whole or not at all. @param {number} length milliseconds that an import takes */
  async function tortureImport(length) {
    const name = `import-${report.kills}`
    const args = [
      'datasets',
      'import',
      join(folder, 'images.idx'),
      '--labels',
      join(folder, 'labels.idx'),
      '--name',
      name,
      ...data,
    ]
    const { code, error } = await command(args, { wait: random() * length, atOnce: true, kill: end })
    if (code !== 0 && code !== null) return fault(name, error)
    const { datasets } = await must(['datasets', 'list', ...data])
    const found = datasets.some((/** @type {any} */ dataset) => dataset.name === name)
    if (code === 0 && !found) fault(name, 'was said to be there and is not')
    if (code === 0) return
    await killed('main in import', folder)
    if (!found) await must(args)
  }

  /** A new folder's database is made by the migrations. @param {number} length milliseconds that it takes */
  async function tortureMigration(length) {
    const place = mkdtempSync(join(tmpdir(), 'gae-torture-new-'))
    const args = ['runs', 'list', '--data', place]
    const { code } = await command(args, { wait: random() * length, atOnce: true, kill: end })
    if (code === null) await killed('main in migration', place)
    await must(args)
    for (const wrong of await integrity(place)) fault('migration', wrong)
    rmSync(place, { recursive: true, force: true })
  }

  try {
    writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec))
    const counts = ['--train', '600', '--valid', '100', '--test', '200']
    await must(['datasets', 'generate', 'rectangles', ...counts, '--name', 'rect', ...data])
    writeImages(join(folder, 'images.idx'), join(folder, 'labels.idx'), random)
    let began = performance.now()
    const undisturbed = await must(['train', join(folder, 'spec.json'), '--name', 'undisturbed', ...data])
    const training = performance.now() - began
    began = performance.now()
    await must(['runs', 'list', ...data])
    const start = performance.now() - began
    say(`undisturbed: ${(training / 1000).toFixed(1)} s`)
    while (report.kills < kills) {
      await tortureRun(undisturbed, training)
      for (let times = 2; times > 0 && report.kills < kills; times--) await tortureImport(start * 1.3)
      for (let times = 2; times > 0 && report.kills < kills; times--) await tortureMigration(start)
    }
    return report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} line the last of a killed command's stderr @returns {string} */
function phaseOf(line) {
  try {
    return JSON.parse(line).phase ?? 'training'
  } catch {
    return 'training'
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = /** @type {const} */ ({ type: 'string' })
  const { values } = parseArgs({ options: { kills: { ...text, default: '10' }, seed: { ...text, default: '1' } } })
  buildIfStale()
  const report = await torture({ kills: Number(values.kills), seed: Number(values.seed), say: console.log })
  console.log(JSON.stringify(report))
  process.exitCode = report.faults.length === 0 ? 0 : 1
}

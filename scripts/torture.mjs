// @ts-check
// npm run torture -- --kills N [--seed S]: kills main, trainers or both at random moments of training, fine-tuning,
// import, the making of a database and the migration of an older one; after each kill the data folder must be whole;
// resumed runs must end at the figures of an undisturbed one. The last line is a JSON document.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.mjs'
import { integrity } from './integrity.mjs'
import { tortureMigrations } from './torture/migrations.mjs'
import { atOnce, childrenOf, command, end, must } from './torture/processes.mjs'

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
    const { code, error } = await command(args, { wait: random() * length, when: atOnce, kill: end })
    if (code !== 0 && code !== null) return fault(name, error)
    const { datasets } = await must(['datasets', 'list', ...data])
    const found = datasets.some((/** @type {any} */ dataset) => dataset.name === name)
    if (code === 0 && !found) fault(name, 'was said to be there and is not')
    if (code === 0) return
    await killed('main in import', folder)
    if (!found) await must(args)
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
    const migrations = await tortureMigrations({ folder, random, killed, fault })
    while (report.kills < kills) {
      await tortureRun(undisturbed, training)
      for (let times = 2; times > 0 && report.kills < kills; times--) await tortureImport(start * 1.3)
      for (let times = 2; times > 0 && report.kills < kills; times--) await migrations.ofNew(start)
      for (let times = 2; times > 0 && report.kills < kills; times--) await migrations.ofOlder()
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

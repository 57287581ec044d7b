// @ts-check
// npm run accuracy -- [--presets NAME,...] [--seeds N] [--test N] [--digits DIR] [--out FILE]: the table of docs/results.md.
// For each preset and each seed of data and start: makes the set, trains, prints the test error; at the end a row a preset
// with mean and range. DIR holds IDX images and labels of digits, needed by the sets that are made of them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale, root } from './build.mjs'

/** How the data of each family of presets is made anew for a seed; `source`: from the digits. */
const sets = {
  rect: { generator: 'rectangles', train: 1000, valid: 200, source: false },
  convex: { generator: 'convex', train: 6000, valid: 2000, source: false },
  'mnist-rot': { generator: 'mnist-rot', train: 10_000, valid: 2000, source: true },
  'mnist-rand': { generator: 'mnist-back-rand', train: 10_000, valid: 2000, source: true },
  digits: { generator: null, train: 0, valid: 0, source: false },
}

const everyPreset = [
  ...['rect', 'convex', 'mnist-rot', 'mnist-rand'].flatMap((set) => [`${set}-ae`, `${set}-cae`, `${set}-mcae`]),
  'digits-ae',
  'digits-mcae',
]

const { values } = parseArgs({
  options: {
    presets: { type: 'string' },
    seeds: { type: 'string', default: '5' },
    first: { type: 'string', default: '1' },
    test: { type: 'string', default: '50000' },
    'digits-test': { type: 'string', default: '10000' },
    digits: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
  },
})

/** @param {string} preset @returns {keyof typeof sets} */
const setOf = (preset) => {
  const name = preset.slice(0, preset.lastIndexOf('-'))
  if (!(name in sets)) throw new Error(`${preset}: no set of this name; known: ${everyPreset.join(', ')}`)
  return /** @type {keyof typeof sets} */ (name)
}

/** @param {string[]} args @returns {any} */
function workbench(args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['bin/gae-workbench.js', ...args, '--data', data, '--json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  if (status !== 0) throw new Error(`gae-workbench ${args.join(' ')}: ${stderr.trim().split('\n').at(-1)}`)
  return JSON.parse(stdout)
}

/** @type {Map<string, string>} */
const made = new Map()

/**
 * The dataset of a family for one seed, made once.
 * @param {keyof typeof sets} family
 * @param {number} seed
 * @returns {string} its name
 */
function dataset(family, seed) {
  const name = `${family}-${seed}`
  if (made.has(name)) return name
  const { generator, train, valid, source } = sets[family]
  if (generator === null) {
    if (values.digits === undefined) throw new Error('--digits DIR is needed: a folder with IDX images and labels')
    const files = readdirSync(values.digits)
    const file = (/** @type {RegExp} */ pattern) => {
      const found = files.find((one) => pattern.test(one))
      if (found === undefined) throw new Error(`${values.digits}: no file like ${pattern}`)
      return join(String(values.digits), found)
    }
    const paths = [file(/images.*idx3/), '--labels', file(/labels.*idx1/)]
    workbench([
      'datasets',
      'import',
      ...paths,
      '--name',
      name,
      '--valid',
      '1000',
      '--test',
      '1000',
      '--seed',
      `${seed}`,
    ])
  } else {
    const from = source ? ['--source', dataset('digits', seed)] : []
    const test = source ? values['digits-test'] : values.test
    const sizes = ['--train', `${train}`, '--valid', `${valid}`, '--test', test]
    workbench(['datasets', 'generate', generator, ...from, ...sizes, '--seed', `${seed}`, '--name', name])
  }
  made.set(name, name)
  return name
}

/** @param {number} share */
const percent = (share) => (100 * share).toFixed(2)

buildIfStale()
const data = mkdtempSync(join(tmpdir(), 'gae-accuracy-'))
const presets = values.presets === undefined ? everyPreset : values.presets.split(',')
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.first) + index)
/** @type {{ preset: string, seeds: number[], valid: number[], test: number[], seconds: number[], n: number }[]} */
const rows = []
try {
  for (const preset of presets) {
    /** @type {(typeof rows)[number]} */
    const row = { preset, seeds, valid: [], test: [], seconds: [], n: 0 }
    for (const seed of seeds) {
      const changes = values.set.flatMap((change) => ['--set', change])
      const name = dataset(setOf(preset), seed)
      const run = workbench(['train', '--preset', preset, '--dataset', name, '--seed', `${seed}`, ...changes])
      row.valid.push(run.valid.error)
      row.test.push(run.test.error)
      row.seconds.push(run.seconds)
      row.n = run.test.n
      console.error(
        `${preset} seed ${seed}: valid ${percent(run.valid.error)} %, test ${percent(run.test.error)} % (${run.test.n}), ${Math.round(run.seconds)} s`,
      )
    }
    rows.push(row)
  }
} finally {
  rmSync(data, { recursive: true, force: true })
}

console.log(`${seeds.length} seeds of data and start (${seeds.join(', ')}); ${cpus()[0].model}, ${cpus().length} cores`)
console.log('| preset | test error %, mean | range | test images | seconds a run |')
console.log('| --- | --- | --- | --- | --- |')
for (const { preset, test, seconds, n } of rows) {
  const mean = test.reduce((total, error) => total + error, 0) / test.length
  const range = `${percent(Math.min(...test))} to ${percent(Math.max(...test))}`
  const time = `${Math.round(Math.min(...seconds))} to ${Math.round(Math.max(...seconds))}`
  console.log(`| ${preset} | ${percent(mean)} | ${range} | ${n} | ${time} |`)
}
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(rows, null, 2)}\n`)

// @ts-check
// npm run relations -- [--seeds N] [--first SEED] [--split valid|test] [--set KEY=JSON ...]: what the preset shifts-gae has
// learned ("Relations" in docs/results.md). For each seed of data and start it trains, then looks at held-out pairs.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Transformer } from '@napi-rs/image'
import { buildIfStale, root } from './build.mjs'
import {
  areaUnderCurve,
  correlation,
  isNearest,
  mean,
  shifted,
  shiftOf,
  strongestFrequencies,
} from './relations/measures.mjs'
import { readNpz, writeNpz } from './npz.mjs'

const [side, largestShift] = [16, 3]
const pixels = side * side
/** Pairs whose mapping is applied, images that each is applied to, wrong partners that each pair is ranked against. */
const [pairsApplied, imagesEach, partners, steps] = [12, 50, 10, 5]

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '1' },
    split: { type: 'string', default: 'test' },
    set: { type: 'string', multiple: true, default: [] },
  },
})

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

/** @typedef {{ x: Float32Array, y: Float32Array, shift: [number, number], files: { x: string, y: string } }} Pair */

/**
 * Held-out pairs of a dataset, also as images.
 * @param {string} dataset
 * @returns {Promise<Pair[]>}
 */
async function heldOut(dataset) {
  const file = join(data, `${dataset}.npz`)
  workbench(['datasets', 'export', dataset, file])
  const arrays = readNpz(file)
  const folder = join(data, dataset)
  mkdirSync(folder)
  /** @param {'x' | 'y'} slot @param {number} row */
  const image = (slot, row) => arrays[`${slot}_${values.split}`].data.slice(row * pixels, (row + 1) * pixels)
  /** @param {string} name @param {Float32Array} grey */
  const save = async (name, grey) => {
    const rgba = Uint8Array.from({ length: 4 * pixels }, (_, i) => (i % 4 === 3 ? 255 : 255 * grey[i >> 2]))
    const path = join(folder, name)
    writeFileSync(path, await Transformer.fromRgbaPixels(rgba, side, side).png())
    return path
  }
  const count = arrays[`x_${values.split}`].data.length / pixels
  return Promise.all(
    Array.from({ length: count }, async (_, row) => {
      const [x, y] = [image('x', row), image('y', row)]
      const files = { x: await save(`${row}_x.png`, x), y: await save(`${row}_y.png`, y) }
      return { x, y, shift: shiftOf(x, y, side, largestShift), files }
    }),
  )
}

/**
 * True pairs beside the same x with the y of other pairs.
 * @param {string} run
 * @param {Pair[]} pairs
 */
function ranked(run, pairs) {
  const n = pairs.length
  const rows = Array.from({ length: 1 + partners }, (_, k) =>
    pairs.map(({ x }, row) => [x, pairs[(row + 7 * k) % n].y]),
  )
  const flat = (/** @type {0 | 1} */ slot) => ({
    shape: [(1 + partners) * n, pixels],
    data: Float32Array.from(rows.flat().flatMap((row) => [...row[slot]])),
  })
  const file = join(data, `${run}-pairs.npz`)
  writeNpz(file, { x: flat(0), y: flat(1) })
  const { pairs: scores } = workbench(['score', '--run', run, '--arrays', file])
  /** @param {number} k */
  const part = (k) => scores.slice(k * n, (k + 1) * n)
  const own = part(0)
  let beaten = 0
  for (let k = 1; k <= partners; k++) {
    part(k).forEach((/** @type {any} */ other, /** @type {number} */ row) => {
      if (own[row].energy.yGivenX > other.energy.yGivenX) beaten++
    })
  }
  const gains = (/** @type {any[]} */ list) => list.map(({ gain }) => gain)
  return { ranking: beaten / (n * partners), auc: areaUnderCurve(gains(own), gains(part(1))) }
}

/**
 * Mean correlation of T^k x with the image that is truly shifted k times, over pairs and other images; and in which share
 * of the strips the last frame is nearer to that image than to any other shift of x.
 * @param {string} run
 * @param {Pair[]} shown pairs that show a shift
 * @param {Pair[]} others whose x are shifted
 * @param {number} times
 */
function applied(run, shown, others, times) {
  /** @type {number[][]} */
  const correlations = Array.from({ length: times }, () => [])
  let [right, all] = [0, 0]
  for (const [index, pair] of shown.entries()) {
    const to = Array.from({ length: imagesEach }, (_, k) => others[(index * imagesEach + k) % others.length])
    const images = to.map(({ files }) => files.x)
    const { x, y } = pair.files
    const asked = ['--x', x, '--y', y, '--steps', `${times}`, '--restore-contrast', '--to', ...images]
    const { results } = workbench(['apply', '--run', run, ...asked])
    for (const [n, other] of to.entries()) {
      const frames = results[n].frames
      const after = (/** @type {number} */ k) => /** @type {[number, number]} */ (pair.shift.map((by) => by * k))
      correlations.forEach((list, k) => list.push(correlation(frames[k], shifted(other.x, side, after(k + 1)))))
      if (isNearest(frames[times - 1], other.x, side, after(times))) right++
      all++
    }
  }
  return { correlations: correlations.map(mean), nearest: right / all }
}

/** @param {string} run */
function sameFrequency(run) {
  const file = join(data, `${run}-weights.npz`)
  workbench(['models', 'export', run, file])
  const { WX, WY } = readNpz(file)
  const [x, y] = [strongestFrequencies(WX.data, side), strongestFrequencies(WY.data, side)]
  return x.filter((frequency, row) => frequency === y[row]).length / x.length
}

buildIfStale()
const data = mkdtempSync(join(tmpdir(), 'gae-relations-'))
try {
  const cells = [
    'seed',
    'ranking',
    'AUC of gain',
    'T x',
    'T x, 3 pixels',
    'strip, frames 1 to 5',
    'frame 5 nearest',
    'same frequency',
    'seconds',
  ]
  console.log(`${values.split} split; ${cpus()[0].model}, ${cpus().length} cores`)
  console.log(`| ${cells.join(' | ')} |`)
  console.log(`|${' --- |'.repeat(cells.length)}`)
  for (let n = 0; n < Number(values.seeds); n++) {
    const seed = Number(values.first) + n
    const changes = values.set.flatMap((change) => ['--set', change])
    const trained = workbench(['train', '--preset', 'shifts-gae', '--seed', `${seed}`, ...changes])
    const pairs = await heldOut(trained.dataset)
    const { ranking, auc } = ranked(trained.run, pairs)
    // The second half of the pairs gives the images that the first half's mappings are applied to.
    const [shown, others] = [pairs.slice(0, pairs.length / 2), pairs.slice(pairs.length / 2)]
    const of = (/** @type {(down: number, right: number) => boolean} */ wanted) =>
      shown.filter(({ shift: [down, right] }) => wanted(Math.abs(down), Math.abs(right))).slice(0, pairsApplied)
    const once = applied(trained.run, shown.slice(0, pairsApplied), others, 1)
    const far = applied(
      trained.run,
      of((down, right) => Math.max(down, right) === largestShift),
      others,
      1,
    )
    const strip = applied(
      trained.run,
      of((down, right) => down + right === 1),
      others,
      steps,
    )
    const figures = [
      ...[ranking, auc].map((share) => share.toFixed(4)),
      ...[once, far].map(({ correlations: [value] }) => value.toFixed(3)),
      strip.correlations.map((value) => value.toFixed(2)).join(', '),
      strip.nearest.toFixed(3),
      sameFrequency(trained.run).toFixed(3),
      Math.round(trained.seconds),
    ]
    console.log(`| ${[seed, ...figures].join(' | ')} |`)
  }
} finally {
  rmSync(data, { recursive: true, force: true })
}

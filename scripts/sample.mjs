// @ts-check
// npm run sample: makes resources/sample/ anew: the preset shifts-gae on smaller images and with fewer factors, so that it
// ships in half a megabyte, trained from seed 1; its weights as `models export` writes them, the first pairs of its test
// split as PNG, a list of them, and a README that says so.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { buildIfStale, root } from './build.mjs'
import { readNpz } from './npz.mjs'

const preset = 'shifts-gae'
const seed = 1
/** 13x13 dots, the generator's own size. */
const generate = `shifts --train 20000 --valid 1000 --test 1000 --seed ${seed} --name shifts`
const train = `--preset ${preset} --dataset shifts --set model.factors=300 --set epochs=40 --seed ${seed}`
const pairs = 8
const folder = join(root, 'resources', 'sample')

buildIfStale()
const data = mkdtempSync(join(tmpdir(), 'gae-sample-'))

/** @param {string[]} args @returns {any} */
function workbench(...args) {
  const command = ['bin/gae-workbench.js', ...args, '--data', data, '--json']
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`gae-workbench ${args.join(' ')}: ${stderr.trim().split('\n').at(-1)}`)
  return JSON.parse(stdout)
}

/** @param {import('./npz.mjs').FloatArray} array @param {number} row */
const rowOf = ({ shape, data: values }, row) => values.subarray(row * shape[1], (row + 1) * shape[1])

/** @param {Float32Array} pixels in [0, 1] @param {[number, number]} shape height and width */
function png(pixels, [height, width]) {
  const rgba = Uint8Array.from({ length: 4 * pixels.length }, (_, at) =>
    at % 4 === 3 ? 255 : Math.round(255 * pixels[at >> 2]),
  )
  return Transformer.fromRgbaPixels(rgba, width, height).grayscale().pngSync()
}

try {
  const { shape } = workbench('datasets', 'generate', ...generate.split(' '))
  const { run, seconds, valid, test, engine, device } = workbench('train', ...train.split(' '))
  const arrays = join(data, 'pairs.npz')
  workbench('datasets', 'export', 'shifts', arrays)
  const { x_test: x, y_test: y } = readNpz(arrays)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  workbench('models', 'export', run, join(folder, `${preset}.npz`))
  const names = Array.from({ length: pairs }, (_, index) => [`${index + 1}_x.png`, `${index + 1}_y.png`])
  for (const [index, [nameX, nameY]] of names.entries()) {
    writeFileSync(join(folder, nameX), png(rowOf(x, index), shape))
    writeFileSync(join(folder, nameY), png(rowOf(y, index), shape))
  }
  writeFileSync(join(folder, 'pairs.csv'), `x,y\n${names.map((name) => `${name.join(',')}\n`).join('')}`)
  writeFileSync(
    join(folder, 'README.md'),
    `# Sample model

Made by \`npm run sample\`; nothing here is written by hand.

- \`${preset}.npz\`: a gated auto-encoder, written by \`models export\` after
  \`datasets generate ${generate}\` and
  \`train ${train}\`. Trained on
  ${engine}/${device} in ${Math.round(seconds)} s; half squared error a pair ${valid.loss.toFixed(3)} on ${valid.n} validation pairs, ${test.loss.toFixed(3)} on ${test.n} test pairs.
- \`1_x.png\`, \`1_y.png\` ... \`${pairs}_x.png\`, \`${pairs}_y.png\`: the first ${pairs} pairs of its test split, ${shape.join('x')} dots and their circular
  shift. The model was never trained on them.
- \`pairs.csv\`: the list of them, as \`score --pairs\` and the Pair lab's Batch take it.
`,
  )
} finally {
  rmSync(data, { recursive: true, force: true })
}

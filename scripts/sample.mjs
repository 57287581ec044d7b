// @ts-check
// npm run sample: makes resources/sample/ anew: the preset shifts-gae trained from seed 1, its weights as `models export`
// writes them, the first pairs of its test split as PNG, a list of them, and a README that says so.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { unzipSync } from 'fflate'
import { buildIfStale, root } from './build.mjs'

const preset = 'shifts-gae'
const seed = 1
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

/** Rows of a float32 array of an .npz. @param {Uint8Array} npy @returns {Float32Array[]} */
function rows(npy) {
  const view = new DataView(npy.buffer, npy.byteOffset, npy.byteLength)
  const begin = 10 + view.getUint16(8, true)
  const width = Number(/\((\d+), (\d+)\)/.exec(Buffer.from(npy.subarray(10, begin)).toString('latin1'))?.[2])
  const values = new Float32Array(npy.slice(begin).buffer)
  return Array.from({ length: values.length / width }, (_, row) => values.subarray(row * width, (row + 1) * width))
}

/** @param {Float32Array} pixels in [0, 1] @param {[number, number]} shape height and width */
function png(pixels, [height, width]) {
  const rgba = Uint8Array.from({ length: 4 * pixels.length }, (_, at) =>
    at % 4 === 3 ? 255 : Math.round(255 * pixels[at >> 2]),
  )
  return Transformer.fromRgbaPixels(rgba, width, height).grayscale().pngSync()
}

try {
  const { run, seconds, valid, test, engine, device } = workbench('train', '--preset', preset, '--seed', `${seed}`)
  const { dataset } = workbench('runs', 'list').runs.find((/** @type {{ run: string }} */ one) => one.run === run)
  const { shape } = workbench('datasets', 'show', dataset)
  const arrays = join(data, 'pairs.npz')
  workbench('datasets', 'export', dataset, arrays)
  const { 'x_test.npy': x, 'y_test.npy': y } = unzipSync(readFileSync(arrays))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  workbench('models', 'export', run, join(folder, `${preset}.npz`))
  const [left, right] = [rows(x), rows(y)]
  const names = Array.from({ length: pairs }, (_, index) => [`${index + 1}_x.png`, `${index + 1}_y.png`])
  for (const [index, [nameX, nameY]] of names.entries()) {
    writeFileSync(join(folder, nameX), png(left[index], shape))
    writeFileSync(join(folder, nameY), png(right[index], shape))
  }
  writeFileSync(join(folder, 'pairs.csv'), `x,y\n${names.map((name) => `${name.join(',')}\n`).join('')}`)
  writeFileSync(
    join(folder, 'README.md'),
    `# Sample model

Made by \`npm run sample\`; nothing here is written by hand.

- \`${preset}.npz\`: a gated auto-encoder, \`train --preset ${preset} --seed ${seed}\`, written by \`models export\`. Trained on
  ${engine}/${device} in ${Math.round(seconds)} s; half squared error a pair ${valid.loss.toFixed(3)} on ${valid.n} validation pairs, ${test.loss.toFixed(3)} on ${test.n} test pairs.
- \`1_x.png\`, \`1_y.png\` ... \`${pairs}_x.png\`, \`${pairs}_y.png\`: the first ${pairs} pairs of its test split, ${shape.join('x')} dots and their circular
  shift. The model was never trained on them.
- \`pairs.csv\`: the list of them, as \`score --pairs\` and the Pair lab's Batch take it.
`,
  )
} finally {
  rmSync(data, { recursive: true, force: true })
}

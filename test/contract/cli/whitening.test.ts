import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readNpz } from '../../../src/main/datasets/npz'
import { cli, startCli } from '../../support/cli'
import { greyPng } from '../../support/png'

const side = 6
const pixels = side * side
const spec = {
  model: { kind: 'gae', factors: 8, mappings: 5, factorStd: 0.3 },
  dataset: 'dots',
  preprocess: { contrast: true, center: true, whiten: true },
  epochs: 2,
  batchSize: 20,
}

let folder: string
let trained: { code: number | null; errors: string[] }
const path = (name: string) => join(folder, name)
const run = (...args: string[]) => cli(...args, '--data', path('data'))
const phasesOf = (lines: readonly string[]) =>
  new Set(lines.map((line) => (JSON.parse(line) as { phase: string }).phase))
const image = (which: 'x' | 'y') =>
  Uint8Array.from({ length: pixels }, (_, i) => ((which === 'x' ? 37 : 91) * i * i + 61) % 256)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-whitening-'))
  const counts = ['--train', '120', '--valid', '20', '--test', '20']
  await run('datasets', 'generate', 'shifts', ...counts, '--shape', `${side}x${side}`, '--name', 'dots')
  await writeFile(path('spec.json'), JSON.stringify(spec))
  for (const which of ['x', 'y'] as const)
    await writeFile(path(`${which}.png`), await greyPng(image(which), side, side))
  trained = await run('train', path('spec.json'), '--name', 'white')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

interface Scored {
  energy: { yGivenX: number; xGivenY: number }
  reconstructionError: { y: number; x: number }
}
const scored = async (name: string): Promise<Scored> => {
  const { code, document } = await run('score', '--run', name, '--x', path('x.png'), '--y', path('y.png'))
  expect(code).toBe(0)
  const { energy, reconstructionError } = (document as { pairs: Scored[] }).pairs[0]!
  return { energy, reconstructionError }
}

type Numbers = ArrayLike<number>
/** Rows of a matrix times a column. */
const times = (matrix: Numbers, column: Numbers): number[] =>
  Array.from({ length: matrix.length / column.length }, (_, row) => {
    let sum = 0
    for (let at = 0; at < column.length; at++) sum += matrix[row * column.length + at]! * column[at]!
    return sum
  })
const softplus = (u: number) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)))

async function weights(): Promise<Record<string, Numbers>> {
  expect((await run('models', 'export', 'white', path('white.npz'))).code).toBe(0)
  const arrays = readNpz(new Uint8Array(await readFile(path('white.npz'))), 'white.npz')
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) => (typeof array === 'string' ? [] : [[name, array.data]])),
  )
}

/** Contrast, centring and whitening of a file's pixels, by hand. */
function seen(which: 'x' | 'y', arrays: Record<string, Numbers>): number[] {
  const slot = which.toUpperCase()
  const values = Array.from(image(which), (byte) => byte / 255)
  const mean = values.reduce((sum, value) => sum + value, 0) / pixels
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels)
  const centred = values.map(
    (value, at) =>
      (value - mean) / (deviation + 0.1) - arrays[`centre${slot}`]![at]! - arrays[`whitenMean${slot}`]![at]!,
  )
  return times(arrays[`whiten${slot}`]!, centred)
}

describe('a run that whitens', () => {
  it('tells that it fits the whitening, then trains', () => {
    expect(trained.code).toBe(0)
    expect([...phasesOf(trained.errors)].slice(0, 2)).toEqual(['whiten', 'pretrain'])
  })

  it('scores files as its exported weights do by hand', async () => {
    const arrays = await weights()
    const [x, y] = [seen('x', arrays), seen('y', arrays)]
    const fy = times(arrays.WY ?? arrays.WF!, y)
    const products = times(arrays.WX ?? arrays.WF!, x).map((value, factor) => value * fy[factor]!)
    const potential = times(arrays.WM!, products).reduce((sum, u, k) => sum + softplus(u + arrays.bm![k]!), 0)
    const quadratic = (image: number[], bias: Numbers) =>
      image.reduce((sum, value, at) => sum + (value - bias[at]!) ** 2, 0) / 2
    const { energy } = await scored('white')
    expect(energy.yGivenX).toBeCloseTo(potential - quadratic(y, arrays.by!), 3)
    expect(energy.xGivenY).toBeCloseTo(potential - quadratic(x, arrays.bx!), 3)
    expect(Math.abs(quadratic(y, arrays.by!))).toBeGreaterThan(1)
  })

  it('scores the same after its weights went out and came in', async () => {
    await weights()
    expect((await run('models', 'import', path('white.npz'), '--name', 'back')).code).toBe(0)
    expect(await scored('back')).toEqual(await scored('white'))
  })

  it('goes on with the whitening that it has, not with another fit', async () => {
    const args = ['train', path('spec.json'), '--name', 'stopped', '--set', 'epochs=100000', '--data', path('data')]
    const stopAtTraining = (running: () => ReturnType<typeof startCli>) => (line: string) => {
      if (line.includes('"pretrain"') && !running().child.killed) running().child.kill('SIGINT')
    }
    const first = startCli(
      args,
      stopAtTraining(() => first),
    )
    expect((await first.result).code).toBe(130)
    const second = startCli(
      ['resume', 'stopped', '--data', path('data')],
      stopAtTraining(() => second),
    )
    const { code, errors } = await second.result
    expect(code).toBe(130)
    expect(phasesOf(errors)).toEqual(new Set(['pretrain']))
  })

  it('is refused with Bernoulli visibles, and of images too large for it', async () => {
    const alone = ['--set', 'preprocess.contrast=false', '--set', 'preprocess.center=false']
    const bernoulli = await run('train', path('spec.json'), '--set', 'model.visible=bernoulli', ...alone)
    expect(bernoulli.code).toBe(2)
    expect(bernoulli.errors.at(-1)).toContain('Bernoulli visibles need pixels in [0,1], which whiten leaves')
    const counts = ['--train', '2', '--valid', '2', '--test', '2']
    await run('datasets', 'generate', 'shifts', ...counts, '--shape', '41x40', '--name', 'large')
    const large = await run('train', path('spec.json'), '--dataset', 'large')
    expect(large.code).toBe(2)
    expect(large.errors.at(-1)).toContain('whitening takes images of 1600 pixels at most; large has 41 x 40')
  })
})

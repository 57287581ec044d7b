import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gaussians } from '../../../src/main/compute/random'
import { writeNpz } from '../../../src/main/datasets/npz'
import { decodeImage } from '../../../src/main/images/decode'
import { cli } from '../../support/cli'
import { greyPng } from '../../support/png'

/** Images of 3 x 3 pixels. */
const side = 3
const pixels = side * side
let folder: string
const run = (...args: string[]) => cli(...args, '--data', folder)
const image = (name: string) => join(folder, `${name}.png`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-apply-'))
  const array = (shape: number[], stream: number) => ({
    shape,
    data: Float32Array.from(
      gaussians(
        21,
        stream,
        0,
        shape.reduce((a, b) => a * b),
      ),
      (value) => 0.5 * value,
    ),
  })
  const weights = {
    WX: array([6, pixels], 1),
    WY: array([6, pixels], 2),
    WM: array([4, 6], 3),
    bm: array([4], 4),
    bx: array([pixels], 5),
    by: array([pixels], 6),
    meta: JSON.stringify({ kind: 'gae', activation: 'sigmoid', visible: 'gaussian' }),
  }
  const file = join(folder, 'gae.npz')
  await writeFile(file, writeNpz(weights))
  expect((await run('models', 'import', file, '--name', 'gae')).code).toBe(0)
  for (const [index, name] of ['x', 'y', 'a', 'b'].entries()) {
    const values = Uint8Array.from({ length: pixels }, (_, i) => (37 * i + 61 * index) % 256)
    await writeFile(image(name), await greyPng(values, side, side))
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

interface ApplyDocument {
  mapping: number[]
  results: { to: string; frames: number[][]; correlation: number | null }[]
  files: string[]
}

const pair = () => ['apply', '--run', 'gae', '--x', image('x'), '--y', image('y')]

describe('gae-workbench apply', () => {
  it('applies the mapping of a pair to other images, as often as asked, and draws a strip of each', async () => {
    const out = join(folder, 'film')
    const { code, document } = await run(...[...pair(), '--to', image('a'), image('b'), '--steps', '3', '--out', out])
    expect(code).toBe(0)
    const { mapping, results, files } = document as ApplyDocument
    expect(mapping).toHaveLength(4)
    expect(results.map(({ to }) => to)).toEqual([image('a'), image('b')])
    for (const { frames, correlation } of results) {
      expect(frames.map(({ length }) => length)).toEqual([pixels, pixels, pixels])
      expect(correlation).toBeNull()
    }
    expect(files).toEqual([join(out, 'film.png')])
    const { width, height } = await decodeImage('film.png', new Uint8Array(await readFile(files[0]!)))
    expect([width, height]).toEqual([4 * 114 + 3 * 4, 2 * 114 + 4])
  })

  it('applied to x itself it is the reconstruction of y, and its truth gives a correlation', async () => {
    const applied = await run(...pair(), '--to', image('x'), '--truth', image('y'))
    const scored = await run('score', '--run', 'gae', '--x', image('x'), '--y', image('y'), '--full')
    const [{ frames, correlation }] = (applied.document as ApplyDocument).results as [ApplyDocument['results'][0]]
    const { pairs } = scored.document as { pairs: { reconstruction: { y: number[] }; mapping: number[] }[] }
    pairs[0]!.reconstruction.y.forEach((value, i) => expect(frames[0]![i]).toBeCloseTo(value, 5))
    expect(Math.abs(correlation!)).toBeLessThanOrEqual(1)
  })

  it('refuses as many truths as there are no images, and a model of one image', async () => {
    const uneven = await run(...pair(), '--to', image('a'), image('b'), '--truth', image('y'))
    expect([uneven.code, JSON.parse(uneven.errors.at(-1)!).error.code]).toEqual([2, 'SIZE_MISMATCH'])
    const vector = 'test/fixtures/vectors/cae-sigmoid.weights.npz'
    expect((await run('models', 'import', vector, '--name', 'cae')).code).toBe(0)
    const single = await run('apply', '--run', 'cae', '--x', image('x'), '--y', image('y'), '--to', image('a'))
    expect([single.code, JSON.parse(single.errors.at(-1)!).error.code]).toEqual([2, 'NOT_GATED'])
  })
})

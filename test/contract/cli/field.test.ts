import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gaussians, uniforms } from '../../../src/main/compute/random'
import { writeNpz } from '../../../src/main/datasets/npz'
import { cli } from '../../support/cli'
import { expectClose } from '../../support/close'
import { greyPng } from '../../support/png'
import { readVector } from '../../support/vectors'

const vectors = 'test/fixtures/vectors'
let folder: string

const run = (...args: string[]) => cli(...args, '--data', folder)
const inputs = (name: string) => join(vectors, `${name}.inputs.npz`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-field-'))
  for (const name of ['gae-sigmoid', 'cae-tanh', 'ae-relu', 'ae-sigmoid', 'gae-tanh-rect']) {
    const imported = await run('models', 'import', join(vectors, `${name}.weights.npz`), '--name', name)
    expect(imported.code).toBe(0)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

interface FieldDocument {
  jacobianAsymmetry: number
  loopIntegral: number
  loopIntegralRelative: number
  pathIndependence: { pathA: number; pathB: number; energyDifference: number; relative: number }
  trajectoryEnergy: number[]
  equivalence: { model: string | null; hidden: string | null; maxAbs: number | null; why: string }
  field: number[]
  jacobian: number[][]
  trajectory: number[][]
}

describe('gae-workbench field', () => {
  it.each([
    ['gae-sigmoid', 'fcrbm', '0/1'],
    ['cae-tanh', 'crbm', '-1/+1'],
    ['ae-relu', null, null],
    ['ae-sigmoid', 'grbm', '0/1'],
  ])('gives the document of the contract for %s', async (name, model, hidden) => {
    const { code, document } = await run('field', '--run', name, '--arrays', inputs(name), '--full')
    expect(code).toBe(0)
    const found = document as FieldDocument
    const { expected } = readVector(name)
    const row = (key: string) => (expected[key] as unknown[])[0]
    expectClose(found.field, row('field'), 1e-9)
    expectClose(found.jacobian, row('jacobian'), 1e-9)
    expectClose(found.trajectory, row('trajectory'), 1e-9)
    expectClose(found.trajectoryEnergy, row('trajectory_energy'), 1e-9)
    expect(found.jacobianAsymmetry).toBeLessThan(1e-12)
    expect(found.loopIntegralRelative).toBeLessThan(1e-6)
    expect(found.pathIndependence.relative).toBeLessThan(1e-6)
    expect(Math.abs(found.pathIndependence.pathA - found.pathIndependence.energyDifference)).toBeLessThan(1e-5)
    expect(found.equivalence).toMatchObject({ model, hidden })
    if (model !== null) expect(found.equivalence.maxAbs).toBeLessThan(1e-9)
  })

  it('holds x of a model of one image where asked, and walks as far as asked', async () => {
    const { document } = await run(
      'field',
      '--run',
      'cae-tanh',
      '--arrays',
      inputs('cae-tanh'),
      '--slots',
      'fixed',
      '--steps',
      '2',
    )
    expect(document).toMatchObject({ slots: 'fixed', energy: 'conditional', promiseKept: true })
    expect((document as FieldDocument).trajectoryEnergy).toHaveLength(3)
    expect(document).not.toHaveProperty('jacobian')
    const { expected } = readVector('cae-tanh')
    expect((document as FieldDocument).trajectoryEnergy[0]).toBeCloseTo((expected.energy as number[])[0]!, 9)
  })

  it('draws a film strip', async () => {
    const image = join(folder, 'x.png')
    await writeFile(
      image,
      await greyPng(
        new Uint8Array(9).map((_, i) => 28 * i),
        3,
        3,
      ),
    )
    const out = join(folder, 'film')
    const { code, document } = await run('field', '--run', 'cae-tanh', '--x', image, '--out', out)
    expect(code).toBe(0)
    expect(document).toMatchObject({ files: [join(out, 'trajectory.png')] })
    expect((await readFile(join(out, 'trajectory.png'))).subarray(1, 4).toString()).toBe('PNG')
  })

  it('refuses in words: both slots of a gae, a wrong size, nothing to look at', async () => {
    const both = await run('field', '--run', 'gae-sigmoid', '--arrays', inputs('gae-sigmoid'), '--slots', 'both')
    expect(both.code).toBe(2)
    expect(JSON.parse(both.errors.at(-1)!)).toMatchObject({ error: { code: 'SLOTS' } })
    const wrong = await run('field', '--run', 'gae-tanh-rect', '--arrays', inputs('gae-sigmoid'))
    expect(JSON.parse(wrong.errors.at(-1)!)).toMatchObject({ error: { code: 'SIZE_MISMATCH' } })
    const nothing = await run('field', '--run', 'gae-sigmoid')
    expect([nothing.code, JSON.parse(nothing.errors.at(-1)!).error.code]).toEqual([2, 'USAGE'])
  })
})

describe('gae-workbench field of models written by Python', () => {
  /** A small gae with the arrays of a decoder of its own, or with Bernoulli visibles. */
  async function importOf(name: string, meta: object, own: boolean): Promise<void> {
    const array = (shape: number[], stream: number) => ({
      shape,
      data: Float32Array.from(
        gaussians(
          11,
          stream,
          0,
          shape.reduce((a, b) => a * b),
        ),
        (value) => 0.5 * value,
      ),
    })
    const weights = { WX: array([5, 6], 1), WY: array([5, 4], 2), WM: array([3, 5], 3) }
    const biases = { bm: array([3], 4), bx: array([6], 5), by: array([4], 6) }
    const decoder: Record<string, ReturnType<typeof array>> = own
      ? { VX: array([5, 6], 7), VY: array([5, 4], 8), VM: array([3, 5], 9) }
      : {}
    const file = join(folder, `${name}.npz`)
    const arrays = {
      ...weights,
      ...biases,
      ...decoder,
      meta: JSON.stringify({ kind: 'gae', activation: 'sigmoid', ...meta }),
    }
    await writeFile(file, writeNpz(arrays))
    expect((await run('models', 'import', file, '--name', name)).code).toBe(0)
    const pixels = (count: number, stream: number) => ({
      shape: [1, count],
      data: Float32Array.from(uniforms(12, stream, 0, count)),
    })
    await writeFile(join(folder, `${name}-pairs.npz`), writeNpz({ x: pixels(6, 1), y: pixels(4, 2) }))
  }
  const fieldOf = (name: string) => run('field', '--run', name, '--arrays', join(folder, `${name}-pairs.npz`), '--full')

  it('a decoder of its own is no force field, and its energy is refused', async () => {
    await importOf('own', { decoder: 'own', visible: 'gaussian' }, true)
    const { code, document } = await fieldOf('own')
    expect(code).toBe(0)
    const found = document as FieldDocument
    expect(found.jacobianAsymmetry).toBeGreaterThan(1e-2)
    expect(document).toMatchObject({
      trajectoryEnergy: null,
      energy: null,
      noEnergy: { code: 'NO_ENERGY', message: expect.stringMatching(/^own has no energy/) },
      pathIndependence: { energyDifference: null },
      equivalence: { model: null, maxAbs: null },
      conclusion: 'not conservative',
    })
  })

  it('Bernoulli visibles have their own force, and a lesson', async () => {
    await importOf('bernoulli', { visible: 'bernoulli' }, false)
    const { document } = await fieldOf('bernoulli')
    expect((document as FieldDocument).jacobianAsymmetry).toBeLessThan(1e-12)
    expect(document).toMatchObject({ conclusion: 'conservative', equivalence: { model: 'fcrbm' }, promiseKept: true })
    const { lesson } = document as { lesson: { jacobianAsymmetry: number } }
    expect(lesson.jacobianAsymmetry).toBeGreaterThan(1e-4)
  })
})

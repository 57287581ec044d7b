import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { figure2 } from '../../../src/shared/dynamics'
import { WorkbenchError } from '../../../src/shared/errors'
import { withContrastOf } from '../../../src/main/dynamics/apply'
import { openStore } from '../../../src/main/store/store'
import { expectClose } from '../../support/close'
import { finishedRun, gaeOf, randomModel } from '../../support/randomRun'
import { readVector } from '../../support/vectors'

let folder: string
let app: App

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gae-dynamics-'))
  const store = await openStore(folder)
  const plain = randomModel(gaeOf(16))
  await finishedRun(store, 'plain', plain, null)
  await finishedRun(store, 'contrasted', { ...plain, preprocess: { ...plain.preprocess, contrast: true } }, null)
  await store.close()
  app = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'cli' })
  for (const name of ['cae-sigmoid', 'gae-tanh']) {
    const file = `test/fixtures/vectors/${name}.weights.npz`
    await app.models.import({ file, bytes: new Uint8Array(await readFile(file)), name })
  }
})

afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const first = (name: string) => {
  const { x, y, n, model } = readVector(name)
  const row = (data: Float32Array) => data.slice(0, data.length / n)
  return { x: row(x), y: y === null ? null : row(y), model }
}

describe('a field in a plane', () => {
  it('of Figure 2 (b) goes through y, r(y) and r(r(y)), conditioned on y; the unit steps start there', async () => {
    const { x } = first('cae-sigmoid')
    const answer = await app.dynamics.plane({ run: 'cae-sigmoid', x, ...figure2.b, steps: 2, n: 5 })
    expect(answer).toMatchObject({ slots: 'fixed', energy: 'conditional' })
    expect(answer.anchors.map(({ name }) => name)).toEqual(['y', 'r(y)', 'r(r(y))'])
    answer.anchors.forEach(({ at, offPlane }, step) => {
      expect(offPlane).toBeLessThan(1e-9)
      expectClose(at, answer.trajectory.at.subarray(2 * step, 2 * step + 2), 1e-9)
    })
    expect(answer.arrows).toHaveLength(50)
    expect(answer.inPlaneShare).toBeGreaterThan(0)
    expect(answer.inPlaneShare).toBeLessThanOrEqual(1)
    expect(answer.trajectory.promiseKept).toBe(true)
  })

  it('has at each grid point the arrow and the energy of that point', async () => {
    const { x } = first('cae-sigmoid')
    const request = { run: 'cae-sigmoid', x }
    const { origin, axes, s, t, arrows, norms, energies } = await app.dynamics.plane({
      ...request,
      plane: { kind: 'iterates' },
      n: 4,
    })
    const [row, column] = [1, 2]
    const point = origin.map((value, i) => value + s[column]! * axes[i]! + t[row]! * axes[9 + i]!)
    const there = await app.dynamics.field({ ...request, start: Float32Array.from(point) })
    const at = row * 4 + column
    const along = (axis: number) => there.field.reduce((sum, value, i) => sum + value * axes[axis * 9 + i]!, 0)
    expectClose(arrows.subarray(2 * at, 2 * at + 2), [along(0), along(1)], 1e-4)
    expect(norms[at]).toBeCloseTo(there.norm, 4)
    expect(energies![at]).toBeCloseTo(there.energyAtStart!, 4)
  })

  it('along the data needs data, and says so', async () => {
    const { x } = first('cae-sigmoid')
    const asked = app.dynamics.plane({ run: 'cae-sigmoid', x, ...figure2.a, n: 5 })
    await expect(asked).rejects.toMatchObject({ code: 'PLANE_NO_DATA' })
  })

  it('through three points of one line is refused', async () => {
    const { x } = first('cae-sigmoid')
    const images = [x, x.map((value) => 2 * value), x.map((value) => 3 * value)] as const
    const asked = app.dynamics.plane({ run: 'cae-sigmoid', x, plane: { kind: 'images', images: [...images] }, n: 5 })
    await expect(asked).rejects.toMatchObject({ code: 'PLANE_DEGENERATE' })
  })
})

describe('transformations', () => {
  it('apply to the pair itself what r(y|x) says, and again to what came of it', async () => {
    const { x, y } = first('gae-tanh')
    const { strips, mapping } = await app.transformations.transform({
      run: 'gae-tanh',
      x,
      y: y!,
      to: [x],
      truth: [y!],
      steps: 2,
    })
    const { expected } = readVector('gae-tanh')
    expectClose(mapping, (expected.mapping as unknown[])[0], 1e-6)
    expectClose(strips[0]!.frames.subarray(0, y!.length), (expected.r_y as unknown[])[0], 1e-6)
    expect(strips[0]!.frames).toHaveLength(2 * y!.length)
    expect(Math.abs(strips[0]!.correlation!)).toBeLessThanOrEqual(1)
  })

  it('give a frame back the contrast of x before the next step, where it is asked for and the run normalises contrast', async () => {
    const image = (seed: number) => Float32Array.from({ length: 16 }, (_, i) => ((i * seed) % 7) / 7)
    const request = { run: 'contrasted', x: image(3), y: image(5), to: [image(2), image(3), image(5)], steps: 2 }
    const asIs = await app.transformations.transform(request)
    const restored = await app.transformations.transform({ ...request, restoreContrast: true })
    expect([asIs.contrastRestored, restored.contrastRestored]).toEqual([false, true])
    const frame = (answer: typeof asIs, step: number) => answer.strips[0]!.frames.slice(16 * step, 16 * step + 16)
    expect(frame(restored, 0)).toEqual(frame(asIs, 0))
    // The same weights without preprocessing, given what the second step was given.
    const [start, x1, y1] = asIs.strips.map(({ to }) => to) as [Float32Array, Float32Array, Float32Array]
    const given = withContrastOf(Float64Array.from(frame(asIs, 0)), Float64Array.from(start))
    const to = [Float32Array.from(given)]
    const once = await app.transformations.transform({ run: 'plain', x: x1, y: y1, to })
    expectClose(frame(restored, 1), frame(once, 0), 1e-5)
    expect(frame(asIs, 1)).not.toEqual(frame(restored, 1))
    const { x, y } = first('gae-tanh')
    const other = await app.transformations.transform({
      run: 'gae-tanh',
      x,
      y: y!,
      to: [x],
      steps: 2,
      restoreContrast: true,
    })
    expect(other.contrastRestored).toBe(false)
  })

  it('between two pairs begin with the one and end with the other', async () => {
    const { x, y } = first('gae-tanh')
    const other = { x: y!, y: x }
    const { frames, mappingA, mappingB } = await app.transformations.interpolate({
      run: 'gae-tanh',
      a: { x, y: y! },
      b: other,
      to: x,
      t: [0, 0.5, 1],
    })
    expect(mappingA).not.toEqual(mappingB)
    const width = y!.length
    const ends = [0, 2].map((row) => frames.subarray(row * width, (row + 1) * width))
    const half = frames.subarray(width, 2 * width)
    half.forEach((value, i) => expect(value).toBeCloseTo((ends[0]![i]! + ends[1]![i]!) / 2, 5))
  })

  it('are not of a model of one image', async () => {
    const { x } = first('cae-sigmoid')
    const asked = app.transformations.transform({ run: 'cae-sigmoid', x, y: x, to: [x] })
    await expect(asked).rejects.toMatchObject({ code: 'NOT_GATED' })
  })

  it('come from filters in pairs', async () => {
    const { tied, x, y, mappings } = await app.transformations.filters({ run: 'gae-tanh' })
    const { weights, description } = readVector('gae-tanh').model
    expect([tied, mappings]).toEqual([description.tied, description.mappings])
    expect(x.filters).toEqual((weights.WX ?? weights.WF)!.data)
    if (!tied) expect(y!.filters).toEqual(weights.WY!.data)
    const unit = await app.transformations.mappingUnit({ run: 'gae-tanh', unit: 1, count: 3 })
    const row = weights.WM!.data.slice(description.factors!, 2 * description.factors!)
    expect(unit.weights[0]).toBe(row.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0))
    await expect(app.transformations.mappingUnit({ run: 'gae-tanh', unit: 99 })).rejects.toMatchObject({
      code: 'UNIT_UNKNOWN',
    })
  })
})

describe('a request', () => {
  it('is cancelled by a newer one under the same ticket', async () => {
    const { x } = first('cae-sigmoid')
    const request = { run: 'cae-sigmoid', x, ticket: 'plane', map: 'flow', steps: 1000, eps: 10 } as const
    const older = app.dynamics.trajectory(request).catch((error: unknown) => error)
    const newer = app.dynamics.trajectory({ ...request, steps: 1 })
    expect((await newer).points.length).toBeGreaterThan(0)
    const outcome = await older
    expect(outcome).toBeInstanceOf(WorkbenchError)
    expect((outcome as WorkbenchError).code).toBe('CANCELLED')
  })
})

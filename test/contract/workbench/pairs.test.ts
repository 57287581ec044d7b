import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../../src/main/app'
import { launchNodeChild } from '../../../src/main/children/nodeChild'
import { openDatasetFile } from '../../../src/main/datasets/datasetFile'
import { openStore, type Store } from '../../../src/main/store/store'
import type { Dataset } from '../../../src/shared/datasets'
import type { PairScore } from '../../../src/shared/scores'
import { defaultViewOptions } from '../../../src/shared/views'
import { greyPng, rectanglePixels } from '../../support/png'
import { png, rgb } from '../../support/pngFile'
import buildOnce from '../../support/built'
import { finishedRun, gaeOf, mcaeOf, randomModel } from '../../support/randomRun'

const view = { x: defaultViewOptions, y: defaultViewOptions }

let folder: string
let store: Store
let app: App
let shifts: Dataset
const runs: Record<'pairs' | 'classes' | 'elsewhere', string> = { pairs: '', classes: '', elsewhere: '' }

beforeAll(async () => {
  buildOnce()
  folder = await mkdtemp(join(tmpdir(), 'gae-pairs-'))
  app = await createApp({ data: folder, launch: launchNodeChild('out/main'), host: 'cli' })
  store = await openStore(folder)
  const counts = { train: 50, valid: 10, test: 120, seed: 3 }
  shifts = await app.datasets.generate({ generator: 'shifts', name: 'dots', ...counts })
  const rectangles = await app.datasets.generate({ generator: 'rectangles', name: 'rect', ...counts })
  runs.pairs = (await finishedRun(store, 'pairs', randomModel(gaeOf(169)), shifts)).id
  runs.classes = (await finishedRun(store, 'classes', randomModel(mcaeOf(784), 2), rectangles)).id
  runs.elsewhere = (await finishedRun(store, 'elsewhere', randomModel(gaeOf(169)), null)).id
})

afterAll(async () => {
  await app.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const put = async (name: string, bytes: Uint8Array) => (await app.workbench.images.put({ name, bytes })).sha256
const dots = (n: number) =>
  greyPng(
    Uint8Array.from({ length: 169 }, (_, i) => ((i * n) % 7 === 0 ? 255 : 0)),
    13,
    13,
  )
const rectangle = () => greyPng(rectanglePixels(3, 4, 20, 8), 28, 28)

describe('a scored pair', () => {
  it('has a gain over other y of the test split, x held', async () => {
    const [x, y] = [await put('a_x.png', await dots(3)), await put('a_y.png', await dots(5))]
    const scored = await app.workbench.pairs.score({ run: runs.pairs, x, y, class: null, view })
    expect(scored.gainSet).toMatchObject({ dataset: 'dots', split: 'test', n: 100 })

    // The same by the command line's way: energies of every pair (x, y') of the split that could be among the hundred.
    const file = await openDatasetFile(store.datasets.path(shifts))
    const others = (await file.split('test')).y!
    const scorer = await app.pairs.scorer(runs.pairs, null)
    const pixels = scored.view
    const rows = Array.from({ length: 120 }, (_, row) => ({
      x: pixels.x.pixels,
      y: others.slice(row * 169, (row + 1) * 169),
    }))
    const energies = (await scorer.score(rows)).map(({ score }) => (score as PairScore).energy.yGivenX!)
    const own = scored.pair.energy.yGivenX!
    const sorted = [...energies].sort((a, b) => a - b)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(scored.pair.gain).toBeGreaterThanOrEqual(own - mean(sorted.slice(20)) - 1e-4)
    expect(scored.pair.gain).toBeLessThanOrEqual(own - mean(sorted.slice(0, 100)) + 1e-4)
    const below = energies.filter((energy) => energy < own).length
    expect(scored.gainSet!.below).toBeGreaterThanOrEqual(below - 20)
    expect(scored.gainSet!.below).toBeLessThanOrEqual(below)
  })

  it('is kept with its images, recipe and run, and is recent', async () => {
    const x = await put(
      'colour.png',
      png(
        26,
        13,
        rgb,
        Array.from({ length: 3 * 338 }, (_, i) => (i * 7) % 256),
      ),
    )
    const y = await put('dots.png', await dots(4))
    const options = { ...defaultViewOptions, channel: 'red' as const, frame: 'fit' as const, invert: true }
    const request = { x, y, class: null, view: { x: options, y: defaultViewOptions } }
    const scored = await app.workbench.pairs.score({ run: runs.pairs, ...request })
    await app.workbench.pairs.score({ run: runs.pairs, ...request })
    await app.workbench.pairs.score({ run: runs.elsewhere, ...request })
    const [newest, ...older] = await app.workbench.pairs.recent({ count: 2 })
    expect(newest).toMatchObject({
      x: { sha256: x, name: 'colour.png' },
      y: { sha256: y, name: 'dots.png' },
      view: request.view,
      scores: [
        { run: runs.elsewhere, runName: 'elsewhere', kind: 'gae', class: null, gain: null },
        { run: runs.pairs, energy: scored.pair.energy, gain: scored.pair.gain, predicted: null },
      ],
    })
    expect(newest!.thumbnails.x.shape).toEqual([13, 13])
    expect(newest!.thumbnails.x.pixels).toEqual(
      Uint8Array.from(scored.view.x.pixels, (value) => Math.round(255 * value)),
    )
    expect(older).toHaveLength(1)
    expect(scored.view.x.recipe).toEqual([
      'RGB 26x13',
      'red channel',
      'fit 13x7 on black',
      '13x13 area',
      'inverted',
      '[0,1]',
    ])

    await store.runs.moveToBin(runs.elsewhere)
    expect((await app.workbench.pairs.recent({ count: 1 }))[0]!.scores.map(({ run }) => run)).toEqual([runs.pairs])
    await store.runs.restore(runs.elsewhere)
  })

  it('without the dataset of its run has no gain, and is scored', async () => {
    const [x, y] = [await put('x.png', await dots(3)), await put('y.png', await dots(5))]
    const scored = await app.workbench.pairs.score({ run: runs.elsewhere, x, y, class: null, view })
    expect(scored).toMatchObject({ gainSet: null, training: { x: null, y: null } })
    expect(scored.pair.gain).toBeNull()
    expect(scored.pair.energy.yGivenX).toEqual(expect.any(Number))
  })
})

describe('an image scored by a classifier', () => {
  it('is shown under the model of the predicted class, or of a class that is asked for', async () => {
    const x = await put('rectangle.png', await rectangle())
    const ask = (modelClass: number | null) =>
      app.workbench.pairs.score({ run: runs.classes, x, y: null, class: modelClass, view })
    const byDefault = await ask(null)
    const { predicted } = byDefault.classScore!
    expect(byDefault.class).toBe(predicted)
    expect(byDefault.classes).toEqual(['tall', 'wide'])
    expect((await ask(predicted)).pair.energy).toEqual(byDefault.pair.energy)
    const other = await ask(1 - predicted)
    expect(other.class).toBe(1 - predicted)
    expect(other.pair.energy.conditional).not.toBe(byDefault.pair.energy.conditional)
    expect(other.classScore).toEqual(byDefault.classScore)
    await expect(ask(2)).rejects.toMatchObject({ code: 'CLASS_UNKNOWN' })
  })

  it('tells the brightness of training images, so that an inverted one is noticed', async () => {
    const x = await put('rectangle.png', await rectangle())
    const { training } = await app.workbench.pairs.score({ run: runs.classes, x, y: null, class: null, view })
    expect(training.y).toBeNull()
    expect(training.x).toMatchObject({ n: 50 })
    expect(training.x!.mean).toBeGreaterThan(0)
    expect(training.x!.mean).toBeLessThan(0.2)
    const inverted = { x: { ...defaultViewOptions, invert: true }, y: defaultViewOptions }
    const seen = await app.workbench.pairs.score({ run: runs.classes, x, y: null, class: null, view: inverted })
    expect(seen.view.x.pixels[0]).toBe(1)
  })
})

describe('an image of a dataset', () => {
  it('is taken exactly, with its place kept', async () => {
    const { x, y } = await app.workbench.images.take({ dataset: 'dots', split: 'test', index: 6 })
    expect(x).toMatchObject({
      name: 'dots, test no. 6, x',
      width: 13,
      origin: { dataset: shifts.id, name: 'dots', split: 'test', index: 6, of: 'x' },
    })
    const scored = await app.workbench.pairs.score({
      run: runs.pairs,
      x: x.sha256,
      y: y!.sha256,
      class: null,
      view,
    })
    const { x: rows } = await (await openDatasetFile(store.datasets.path(shifts))).rows('test', [6])
    expect(scored.view.x.pixels).toEqual(rows)
    await expect(app.workbench.images.take({ dataset: 'dots', split: 'test', index: 120 })).rejects.toMatchObject({
      code: 'ROW_UNKNOWN',
    })
    const single = await app.workbench.images.take({ dataset: 'rect', split: 'valid', index: 0 })
    expect(single).toMatchObject({ x: { name: 'rect, valid no. 0' }, y: null })
  })
})

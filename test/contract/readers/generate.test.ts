import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { generateRequestSchema } from '../../../src/shared/generators'
import { generateDataset, type SourceDataset } from '../../../src/main/datasets/generateDataset'
import { importDataset } from '../../../src/main/datasets/importDataset'
import { writeNpz } from '../../../src/main/datasets/npz'
import { previewGenerated } from '../../../src/main/datasets/previewGenerated'
import { file, request, Workspace } from './workspace'

const space = new Workspace()

describe('generated datasets', () => {
  const generate = (given: object, work = {}) =>
    generateDataset(generateRequestSchema.parse(given), null, space.folder, work)

  it('are the same for the same seed, and a split does not depend on the size of another', async () => {
    const small = await generate({ generator: 'rectangles', train: 20, valid: 5, test: 10, seed: 3 })
    expect(small).toMatchObject({ name: 'rectangles', classes: ['tall', 'wide'], n: { train: 20, valid: 5, test: 10 } })
    expect((await generate({ generator: 'rectangles', train: 20, valid: 5, test: 10, seed: 3 })).hash).toBe(small.hash)
    expect((await generate({ generator: 'rectangles', train: 20, valid: 5, test: 10, seed: 4 })).hash).not.toBe(
      small.hash,
    )
    const large = await generate({ generator: 'rectangles', train: 50, valid: 5, test: 30, seed: 3 })
    const [a, b] = [await space.open(small), await space.open(large)]
    expect(await b.split('valid')).toEqual(await a.split('valid'))
    const first = Array.from({ length: 10 }, (_, i) => i)
    expect(await b.rows('test', first)).toEqual(await a.split('test'))
    expect((await a.split('train')).x).not.toEqual((await a.rows('test', first)).x)
  })

  it('have the published sizes where none is said', async () => {
    const dataset = await generate({ generator: 'shifts', train: 10 })
    expect(dataset).toMatchObject({ kind: 'pairs', targetShape: [13, 13], n: { train: 10, valid: 1000, test: 1000 } })
    expect(dataset.recipe).toMatchObject({
      generator: 'shifts',
      counts: dataset.n,
      seed: 1,
      options: { shape: [13, 13], density: 0.1, circular: true, largestShift: 3 },
      source: null,
    })
  })

  it('tell their progress, and leave nothing when given up', async () => {
    const progress: number[] = []
    await generate(
      { generator: 'rectangles', train: 100, valid: 0, test: 0 },
      { onProgress: (fraction: number) => progress.push(fraction) },
    )
    expect(progress.at(-1)).toBe(1)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    const before = await readdir(space.folder)
    const stop = new AbortController()
    const work = generate({ generator: 'rectangles', train: 1_000_000 }, { signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    await expect(work).rejects.toThrow()
    expect(await readdir(space.folder)).toEqual(before)
  })
})

describe('varied images of a source', () => {
  const side = 6
  /** 60 images of one grey each, 1 to 60; label: the grey modulo 3. */
  async function greys(scale: 'bytes' | 'floats', split = { valid: 12, test: 18 }): Promise<SourceDataset> {
    const grey = (image: number) => (scale === 'bytes' ? image + 1 : (image + 1) / 255)
    const pixels = Array.from({ length: 60 * side * side }, (_, i) => grey(Math.floor(i / (side * side))))
    const x = scale === 'bytes' ? Uint8Array.from(pixels) : Float32Array.from(pixels)
    const y = Int32Array.from({ length: 60 }, (_, image) => (image + 1) % 3)
    const bytes = writeNpz({ x: { shape: [60, side, side], data: x }, y: { shape: [60], data: y } })
    const { hash } = await importDataset(request({ files: [file('greys.npz', bytes)], split }), space.folder)
    return { name: 'greys', hash, path: space.path({ hash }) }
  }
  const vary = (given: object, source: SourceDataset) =>
    generateDataset(generateRequestSchema.parse({ source: 'greys', ...given }), source, space.folder)

  const greysOf = async (dataset: { hash: string }, split: 'train' | 'valid' | 'test') => {
    const { n, x, labels } = await (await space.open(dataset)).split(split)
    const images = Array.from({ length: n }, (_, image) => x.subarray(image * side * side, (image + 1) * side * side))
    return {
      images,
      labels: [...(labels ?? [])],
      centre: images.map((image) => Math.round(image[2 * side + 2]! * 255)),
    }
  }

  it.each(['bytes', 'floats'] as const)('of %s come from the same split alone, each several times', async (scale) => {
    const source = await greys(scale)
    const dataset = await vary({ generator: 'mnist-rot', train: 100, valid: 50, test: 70 }, source)
    expect(dataset).toMatchObject({ kind: 'images', shape: [side, side], classes: ['0', '1', '2'] })
    expect(dataset.recipe).toMatchObject({ source: { name: 'greys', hash: source.hash }, options: {} })
    const seen: Record<string, Set<number>> = {}
    for (const split of ['train', 'valid', 'test'] as const) {
      const original = await greysOf(source, split)
      const varied = await greysOf(dataset, split)
      seen[split] = new Set(varied.centre)
      expect([...seen[split]].sort()).toEqual(original.centre.sort())
      expect(varied.labels).toEqual(varied.centre.map((grey) => grey % 3))
    }
    const all = [...seen.train!, ...seen.valid!, ...seen.test!]
    expect(new Set(all).size).toBe(all.length)
  })

  it('are the same for the same seed, also pairs', async () => {
    const source = await greys('bytes')
    for (const generator of ['mnist-back-rand', 'shifts', 'rotations', 'scalings', 'affine', 'split']) {
      const counts = { train: 30, valid: 12, test: 18 }
      const first = await vary({ generator, ...counts, seed: 4 }, source)
      expect((await vary({ generator, ...counts, seed: 4 }, source)).hash).toBe(first.hash)
      expect((await vary({ generator, ...counts, seed: 5 }, source)).hash).not.toBe(first.hash)
      if (first.kind === 'pairs')
        expect((await greysOf(first, 'valid')).centre.sort()).toEqual((await greysOf(source, 'valid')).centre.sort())
    }
  })

  it('of a split that the source lacks are refused, unless none are asked for', async () => {
    const source = await greys('bytes', { valid: 0, test: 5 })
    const counts = { train: 5, test: 5 }
    await expect(vary({ generator: 'mnist-rot', ...counts, valid: 5 }, source)).rejects.toMatchObject({
      code: 'SOURCE_EMPTY',
    })
    expect((await vary({ generator: 'mnist-rot', ...counts, valid: 0 }, source)).n.valid).toBe(0)
  })

  it('beyond black and white, and pairs, are refused', async () => {
    const x = { shape: [20, 2, 2], data: Float32Array.from({ length: 80 }, (_, i) => i - 40) }
    const ofBytes = async (bytes: Uint8Array): Promise<SourceDataset> => {
      const { hash } = await importDataset(
        request({ files: [file('x.npz', bytes)], meaning: { scale: 'keep' } }),
        space.folder,
      )
      return { name: 'x', hash, path: space.path({ hash }) }
    }
    const wide = await ofBytes(writeNpz({ x }))
    await expect(vary({ generator: 'shifts', train: 5 }, wide)).rejects.toMatchObject({
      code: 'SOURCE_RANGE',
      where: 'x',
    })
    const pairs = await ofBytes(writeNpz({ x, y: x }))
    await expect(vary({ generator: 'shifts', train: 5 }, pairs)).rejects.toMatchObject({ code: 'SOURCE_PAIRS' })
  })

  it('are shown before anything is made', async () => {
    const source = await greys('bytes')
    const asked = generateRequestSchema.parse({ generator: 'affine', source: 'greys', train: 30, seed: 2 })
    const preview = await previewGenerated(asked, source)
    const made = await space.open(await generateDataset(asked, source, space.folder))
    const { x, y } = await made.rows('train', [0, 1, 2, 3, 4, 5, 6, 7])
    expect(Float32Array.from(preview.x, (byte) => byte / 255)).toEqual(x)
    expect(Float32Array.from(preview.y!, (byte) => byte / 255)).toEqual(y)
    expect(preview).toMatchObject({
      kind: 'pairs',
      n: 8,
      shape: [side, side],
      targetShape: [side, side],
      classes: null,
    })
  })
})

describe('a request to generate', () => {
  it.each([
    [{ generator: 'mnist-rot' }, ['source']],
    [{ generator: 'convex', source: 'digits' }, ['source']],
    [{ generator: 'rotations', options: { circular: false } }, ['options', 'circular']],
    [{ generator: 'shifts', source: 'digits', options: { density: 0.2 } }, ['options', 'density']],
    [{ generator: 'shifts', options: { shape: [1, 13] } }, ['options', 'shape']],
    [{ generator: 'shifts', options: { largestShift: 0 } }, ['options', 'largestShift']],
    [{ generator: 'scalings', options: { largestScale: 1 } }, ['options', 'largestScale']],
    [{ generator: 'shifts', options: { speed: 1 } }, ['options']],
    [{ generator: 'circles' }, ['generator']],
  ])('%j is refused at %j', (given, path) => {
    const issues = generateRequestSchema.safeParse(given).error?.issues.map((issue) => issue.path)
    expect(issues).toEqual([path])
  })
})

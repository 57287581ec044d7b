import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { generateRequestSchema } from '../../../src/shared/datasets'
import { generateDataset } from '../../../src/main/datasets/generateDataset'
import { Workspace } from './workspace'

const space = new Workspace()

describe('generated datasets', () => {
  const generate = (given: object, work = {}) => generateDataset(generateRequestSchema.parse(given), space.folder, work)

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
    expect(dataset.recipe).toMatchObject({ generator: 'shifts', counts: dataset.n, seed: 1 })
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

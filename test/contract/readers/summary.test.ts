import { describe, expect, it } from 'vitest'
import { summarise } from '../../../src/main/datasets/summary'
import { writeDatasetFile, type DatasetContent } from '../../../src/main/datasets/datasetFile'
import { Workspace } from './workspace'

const space = new Workspace()
const nothing = { x: new Float32Array(0), y: null, labels: null }

const write = async (content: Partial<DatasetContent> & Pick<DatasetContent, 'splits'>): Promise<string> =>
  (
    await writeDatasetFile(space.folder, {
      kind: 'images',
      shape: [1, 2],
      targetShape: null,
      classes: null,
      ...content,
    })
  ).path

describe('the summary of a split', () => {
  it('gives mean image, range, histogram and class counts, of all images and of a class', async () => {
    const labels = Int32Array.of(0, 1, 1)
    const train = { x: Uint8Array.of(0, 255, 51, 0, 153, 0), y: null, labels }
    const empty = { x: new Uint8Array(0), y: null, labels: new Int32Array(0) }
    const path = await write({ classes: ['a', 'b'], splits: { train, valid: empty, test: empty } })

    const all = await summarise(path, 'train', null)
    expect(all.n).toBe(3)
    expect(all.classCounts).toEqual(Int32Array.of(1, 2))
    expect(all.x.mean[0]).toBeCloseTo((51 + 153) / 255 / 3, 6)
    expect(all.x.mean[1]).toBeCloseTo(1 / 3, 6)
    expect(all.x).toMatchObject({ low: 0, high: 1, histogram: { low: 0, high: 1 } })
    const bins = [...all.x.histogram.counts.entries()].filter(([, count]) => count > 0)
    // 0.2 and 0.6 of 32 bins; 1 is in the last one.
    expect(bins).toEqual([
      [0, 3],
      [6, 1],
      [19, 1],
      [31, 1],
    ])

    const ofB = await summarise(path, 'train', 1)
    expect(ofB.n).toBe(2)
    expect(ofB.classCounts).toEqual(Int32Array.of(1, 2))
    expect(ofB.x.mean).toEqual(Float32Array.of((51 / 255 + 153 / 255) / 2, 0))

    expect(await summarise(path, 'valid', null)).toMatchObject({
      n: 0,
      classCounts: Int32Array.of(0, 0),
      x: { mean: new Float32Array(2), low: 0, high: 0 },
    })
  })

  it('has limits of its own where pixels are not in [0,1], x and y apart', async () => {
    const train = { x: Float32Array.of(-2, 0, 2, 6), y: Float32Array.of(0.5, 0.5), labels: null }
    const path = await write({
      kind: 'pairs',
      targetShape: [1, 1],
      splits: { train, valid: { ...nothing, y: nothing.x }, test: { ...nothing, y: nothing.x } },
    })
    const { x, y } = await summarise(path, 'train', null)
    expect(x).toMatchObject({ mean: Float32Array.of(0, 3), low: -2, high: 6, histogram: { low: -2, high: 6 } })
    expect([...x.histogram.counts.entries()].filter(([, count]) => count > 0)).toEqual([
      [0, 1],
      [8, 1],
      [16, 1],
      [31, 1],
    ])
    expect(y).toMatchObject({ mean: Float32Array.of(0.5), low: 0.5, high: 0.5, histogram: { low: 0, high: 1 } })
  })

  it('looks at every row of a file of many blocks, and can be stopped', async () => {
    const n = 1500
    const x = Float32Array.from({ length: n * 400 }, (_, at) => Math.floor(at / 400) / n)
    const path = await write({ shape: [20, 20], splits: { train: { ...nothing, x }, valid: nothing, test: nothing } })
    const { n: seen, x: pixels } = await summarise(path, 'train', null)
    expect(seen).toBe(n)
    expect(pixels.mean[399]).toBeCloseTo((n - 1) / (2 * n), 6)
    expect(pixels.histogram.counts.reduce((sum, count) => sum + count)).toBe(n * 400)
    const stopped = AbortSignal.abort(new Error('stopped'))
    await expect(summarise(path, 'train', null, { signal: stopped })).rejects.toThrow('stopped')
  })
})

import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatasetFile, writeDatasetFile, type DatasetContent } from '../../../src/main/datasets/datasetFile'

const images: DatasetContent = {
  kind: 'images',
  shape: [1, 2],
  targetShape: null,
  classes: ['tall', 'wide'],
  splits: {
    train: { x: Uint8Array.of(0, 255, 51, 102, 1, 2), y: null, labels: Int32Array.of(0, 1, 1) },
    valid: { x: new Uint8Array(0), y: null, labels: new Int32Array(0) },
    test: { x: Uint8Array.of(255, 0), y: null, labels: Int32Array.of(0) },
  },
}

const pairs: DatasetContent = {
  kind: 'pairs',
  shape: [1, 1],
  targetShape: [1, 2],
  classes: null,
  splits: {
    train: { x: Float32Array.of(-3, 0.5), y: Float32Array.of(1, 2, 3, 4), labels: null },
    valid: { x: Float32Array.of(9), y: Float32Array.of(8, 7), labels: null },
    test: { x: new Float32Array(0), y: new Float32Array(0), labels: null },
  },
}

describe('dataset file', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'dataset-file-'))))
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('keeps images as bytes and gives values in [0,1]', async () => {
    const { path, sha256 } = await writeDatasetFile(folder, images)
    expect(basename(path)).toBe(`${sha256}.safetensors`)
    const file = await openDatasetFile(path)
    expect(file.info).toEqual({
      kind: 'images',
      shape: [1, 2],
      targetShape: null,
      classes: ['tall', 'wide'],
      n: { train: 3, valid: 0, test: 1 },
    })
    const train = await file.split('train')
    expect(train.x).toEqual(Float32Array.of(0, 1, 51 / 255, 102 / 255, 1 / 255, 2 / 255))
    expect(train).toMatchObject({ n: 3, y: null, labels: Int32Array.of(0, 1, 1) })
    expect(await file.labels('test')).toEqual(Int32Array.of(0))
    expect((await file.split('valid')).n).toBe(0)
  })

  it('reads single rows in the order asked for', async () => {
    const { path } = await writeDatasetFile(folder, images)
    const rows = await (await openDatasetFile(path)).rows('train', [2, 0])
    expect(rows).toEqual({
      n: 2,
      x: Float32Array.of(1 / 255, 2 / 255, 0, 1),
      y: null,
      labels: Int32Array.of(1, 0),
    })
  })

  it('keeps pairs of unlike shapes as they are', async () => {
    const file = await openDatasetFile((await writeDatasetFile(folder, pairs)).path)
    expect(await file.split('train')).toEqual({
      n: 2,
      x: Float32Array.of(-3, 0.5),
      y: Float32Array.of(1, 2, 3, 4),
      labels: null,
    })
    expect((await file.rows('valid', [0])).y).toEqual(Float32Array.of(8, 7))
  })

  it('leaves nothing behind when writing is given up', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(writeDatasetFile(folder, images, stop.signal)).rejects.toThrow()
    expect(await readdir(folder)).toEqual([])
  })

  it('names the file that is damaged or gone', async () => {
    const { path } = await writeDatasetFile(folder, images)
    await truncate(path, 100)
    await expect(openDatasetFile(path)).rejects.toMatchObject({ code: 'DATASET_DAMAGED', where: path })
    await rm(path)
    await expect(openDatasetFile(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', where: path })
  })
})

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { generateRequestSchema, importRequestSchema, type SourceFile } from '../../../src/shared/datasets'
import { errorLine, toErrorData } from '../../../src/shared/errors'
import { openDatasetFile } from '../../../src/main/datasets/datasetFile'
import { exportDataset } from '../../../src/main/datasets/exportDataset'
import { generateDataset } from '../../../src/main/datasets/generateDataset'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { readNpz, writeNpz } from '../../../src/main/datasets/npz'
import { fixture } from './fixture'
import { idx } from './idx'

const file = (name: string, bytes: Uint8Array): SourceFile => ({ name, content: { bytes } })
const request = (given: object) => importRequestSchema.parse({ name: 'digits', ...given })

/** Forty images of 4 x 3; image i is filled with i, its label is i mod 10. */
const n = 40
const images = idx(
  [n, 4, 3],
  Array.from({ length: n * 12 }, (_, i) => Math.floor(i / 12)),
)
const labels = idx(
  [n],
  Array.from({ length: n }, (_, i) => i % 10),
)
const none = { valid: 0, test: 0 }

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gae-import-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = ({ hash }: { hash: string }) => openDatasetFile(join(folder, `${hash}.safetensors`))

describe('import of IDX files', () => {
  it('keeps every image with its label, in seeded splits', async () => {
    const asked = request({
      files: [file('images.gz', gzipSync(images))],
      labels: file('labels.gz', gzipSync(labels)),
      split: { valid: 5, test: 7, seed: 3 },
    })
    expect(await previewImport(asked)).toEqual({
      format: 'IDX',
      kind: 'images',
      n,
      shape: [4, 3],
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      splits: { train: 28, valid: 5, test: 7 },
    })
    expect(await readdir(folder)).toEqual([])
    const dataset = await importDataset(asked, folder)
    expect(dataset).toMatchObject({
      name: 'digits',
      kind: 'images',
      shape: [4, 3],
      n: { train: 28, valid: 5, test: 7 },
    })
    expect(dataset.recipe).toMatchObject({
      kind: 'imported',
      format: 'IDX',
      seed: 3,
      files: [{ name: 'images.gz' }, { name: 'labels.gz', bytes: gzipSync(labels).length }],
    })
    const seen: number[] = []
    const stored = await open(dataset)
    for (const split of ['train', 'valid', 'test'] as const) {
      const rows = await stored.split(split)
      for (let i = 0; i < rows.n; i++) {
        const image = Math.round(rows.x[i * 12]! * 255)
        expect(rows.x.subarray(i * 12, (i + 1) * 12)).toEqual(new Float32Array(12).fill(image / 255))
        expect(rows.labels![i]).toBe(image % 10)
        seen.push(image)
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
    expect((await importDataset(asked, folder)).hash).toBe(dataset.hash)
  })

  it('reads from paths as from bytes, and finds the labels among the files', async () => {
    const source = join(folder, 'source')
    await mkdir(source)
    await writeFile(join(source, 'a.idx'), images)
    await writeFile(join(source, 'b.idx'), labels)
    const at = (name: string): SourceFile => ({ name: join(source, name), content: { path: join(source, name) } })
    const dataset = await importDataset(request({ files: [at('b.idx'), at('a.idx')] }), folder)
    expect(dataset.n).toEqual({ train: 32, valid: 4, test: 4 })
    expect(dataset.recipe).toMatchObject({ files: [{ name: 'b.idx' }, { name: 'a.idx' }] })
  })

  it('takes a test file whole, in its order', async () => {
    const asked = request({
      files: [file('train', images), file('train-labels', labels)],
      testFiles: [file('test', idx([3, 4, 3], new Array(36).fill(200)))],
      testLabels: file('test-labels', idx([3], [9, 1, 5])),
      split: { valid: 10 },
    })
    const dataset = await importDataset(asked, folder)
    expect(dataset.n).toEqual({ train: 30, valid: 10, test: 3 })
    expect((await (await open(dataset)).split('test')).labels).toEqual(Int32Array.of(9, 1, 5))
  })

  it('says what is wrong, where, and what to do, in one line', async () => {
    const cut = images.subarray(0, 400)
    const asked = request({ files: [file('images.gz', gzipSync(cut))] })
    const error = await importDataset(asked, folder).catch(toErrorData)
    // The gzip file is whole: it is the IDX file inside that ends too early.
    expect(errorLine(error as never)).toBe(
      'images.gz: 496 bytes promised, 400 found. Copy it again; nothing was imported. [IDX_TRUNCATED]',
    )
  })

  const four = 4_000_000_000
  it.each([
    ['a truncated file', images.subarray(0, 495), 'IDX_TRUNCATED', '496 bytes promised, 495 found'],
    [
      'a truncated gzip file',
      gzipSync(Buffer.from(images.map((_, i) => (i < 16 ? images[i]! : (i * 7919) % 251)))).subarray(0, 300),
      'IDX_TRUNCATED',
      '496 bytes promised',
    ],
    ['a gzip file cut within its header', gzipSync(images).subarray(0, 12), 'GZIP_DAMAGED', 'damaged'],
    [
      'a changed byte in gzip',
      Buffer.from(gzipSync(images).map((byte, i, all) => (i === all.length - 6 ? byte ^ 1 : byte))),
      'GZIP_DAMAGED',
      'incorrect data check',
    ],
    ['garbage after gzip', Buffer.concat([gzipSync(images), Buffer.from('garbage')]), 'GZIP_DAMAGED', 'damaged'],
    ['trailing bytes', Buffer.concat([images, Buffer.from([0])]), 'IDX_TRAILING', '496 bytes promised, 497 found'],
    [
      'trailing bytes in gzip',
      gzipSync(Buffer.concat([images, Buffer.alloc(5_000_000)])),
      'IDX_TRAILING',
      '496 bytes promised, more found',
    ],
    [
      'four billion images',
      idx([four, 28, 28], [1, 2, 3]),
      'IDX_TRUNCATED',
      '3,136,000,000,016 bytes promised, 19 found',
    ],
    ['four billion images in gzip', gzipSync(idx([four, four, four], [1, 2, 3])), 'IDX_TRUNCATED', '19 found'],
    ['a header without axes', Uint8Array.of(0, 0, 8, 3, 0), 'IDX_TRUNCATED', 'header ends after 5 bytes'],
    ['five axes', idx([1, 1, 1, 1, 1], [0]), 'IDX_AXES', '5 axes'],
    ['floats', idx([1, 1, 1], [0, 0, 0, 0], 0x0d), 'IDX_TYPE', '32-bit floats'],
    ['no images', idx([0, 28, 28], []), 'IDX_EMPTY', 'nothing'],
    ['images of no pixels', idx([5, 0, 28], []), 'IDX_EMPTY', 'nothing'],
    ['an empty file', new Uint8Array(0), 'FILE_EMPTY', 'empty'],
    ['one zero byte', Uint8Array.of(0), 'FORMAT_UNKNOWN', 'unknown'],
    ['a wrong magic number', Buffer.from('hello, this is a text'), 'FORMAT_UNKNOWN', 'unknown'],
    ['a gzipped text', gzipSync('hello, this is a text'), 'FORMAT_UNKNOWN', 'holds no IDX file'],
    ['labels alone', labels, 'IMPORT_FILES', 'no images'],
  ])('refuses %s and stores nothing', async (_, bytes, code, message) => {
    const refusal = importDataset(request({ files: [file('images', bytes)] }), folder)
    await expect(refusal).rejects.toMatchObject({ code, where: 'images', exit: 2 })
    await expect(refusal).rejects.toThrow(message)
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    [
      'labels of another length',
      { files: [file('x', images)], labels: file('y', idx([39], new Array(39).fill(0))) },
      'LABELS_COUNT',
      '39 labels for 40 images',
    ],
    ['two files of images', { files: [file('x', images), file('x2', images)] }, 'IMPORT_FILES', 'has images already'],
    [
      'two files of labels',
      { files: [file('x', images), file('y', labels)], labels: file('y2', labels) },
      'IMPORT_FILES',
      'has labels already',
    ],
    ['another shape', { files: [file('x', images)], shape: [3, 4] }, 'SHAPE_MISMATCH', '4x3, not 3x4'],
    [
      'test images of another shape',
      { files: [file('x', images)], testFiles: [file('t', idx([1, 2, 2], [1, 2, 3, 4]))] },
      'TEST_MISMATCH',
      '2x2',
    ],
    [
      'test labels without images',
      { files: [file('x', images)], testLabels: file('t', labels) },
      'IMPORT_FILES',
      'no test images',
    ],
    [
      'a class that is only tested',
      {
        files: [file('x', images), file('y', labels)],
        testFiles: [file('t', images)],
        testLabels: file('u', idx([n], new Array(n).fill(11))),
      },
      'CLASS_EMPTY',
      'class 11',
    ],
    [
      'splits that leave nothing',
      { files: [file('x', images)], split: { valid: 30, test: 10 } },
      'SPLIT_TOO_LARGE',
      'leave none of 40',
    ],
    [
      'an .amat file',
      { files: [file('convex.amat', Buffer.from('0 1 0'))] },
      'FORMAT_UNKNOWN',
      '.amat files cannot be read yet',
    ],
    [
      'a missing file',
      { files: [{ name: 'gone', content: { path: '/gone/for/good' } }] },
      'FILE_UNREADABLE',
      'no such file',
    ],
    ['a folder', { files: [{ name: 'here', content: { path: tmpdir() } }] }, 'FORMAT_UNKNOWN', 'Folders'],
  ])('refuses %s and stores nothing', async (_, given, code, message) => {
    const refusal = importDataset(
      request({ split: { valid: 1, test: 1 }, ...given, ...('testFiles' in given ? { split: { valid: 1 } } : {}) }),
      folder,
    )
    await expect(refusal).rejects.toMatchObject({ code, exit: 2 })
    await expect(refusal).rejects.toThrow(message)
    expect(await readdir(folder)).toEqual([])
  })

  it('is given up when asked to, and leaves nothing', async () => {
    const stop = new AbortController()
    const asked = request({ files: [file('images', images)], labels: file('labels', labels) })
    const work = importDataset(asked, folder, { signal: stop.signal })
    stop.abort()
    await expect(work).rejects.toThrow()
    expect(await readdir(folder)).toEqual([])
  })
})

describe('import of NumPy files', () => {
  it('reads images with labels', async () => {
    const dataset = await importDataset(
      request({ files: [file('images.npz', fixture('npz/images.npz'))], split: none }),
      folder,
    )
    expect(dataset).toMatchObject({
      kind: 'images',
      shape: [4, 3],
      classes: ['0', '1', '2'],
      n: { train: 6, valid: 0, test: 0 },
    })
    const { x } = readNpz(fixture('npz/images.npz'), 'x') as { x: { data: Uint8Array } }
    const train = await (await open(dataset)).split('train')
    expect(train.x).toEqual(Float32Array.from(x.data, (value) => value / 255))
    expect(train.labels).toEqual(Int32Array.of(0, 1, 2, 0, 1, 2))
  })

  it('reads flat rows of a shape that is said; labels 1, 2, 3 stay as names', async () => {
    const flat = [file('flat.npz', fixture('npz/flat.npz'))]
    await expect(importDataset(request({ files: flat }), folder)).rejects.toMatchObject({ code: 'SHAPE_NEEDED' })
    await expect(importDataset(request({ files: flat, shape: [5, 5] }), folder)).rejects.toMatchObject({
      code: 'SHAPE_MISMATCH',
    })
    const dataset = await importDataset(request({ files: flat, shape: [2, 6], split: none }), folder)
    expect(dataset).toMatchObject({ shape: [2, 6], classes: ['1', '2', '3'] })
    const train = await (await open(dataset)).split('train')
    expect(train.labels).toEqual(Int32Array.of(0, 1, 2, 0, 1, 2))
    const { x } = readNpz(fixture('npz/flat.npz'), 'x') as { x: { data: Float32Array } }
    expect(train.x).toEqual(x.data)
  })

  it('reads pairs of unlike shapes', async () => {
    const dataset = await importDataset(
      request({ files: [file('pairs.npz', fixture('npz/pairs.npz'))], split: none }),
      folder,
    )
    expect(dataset).toMatchObject({ kind: 'pairs', shape: [3, 3], targetShape: [4, 4], classes: null })
    const { x, y } = readNpz(fixture('npz/pairs.npz'), 'x') as Record<'x' | 'y', { data: Float64Array }>
    const train = await (await open(dataset)).split('train')
    expect(train).toEqual({ n: 5, x: Float32Array.from(x.data), y: Float32Array.from(y.data), labels: null })
  })

  it('reads single arrays, with labels in another file', async () => {
    const npyOf = (name: 'x' | 'y') => {
      const bytes = writeNpz({
        [name]: {
          shape: name === 'x' ? [4, 4] : [4],
          data: Uint8Array.from({ length: name === 'x' ? 16 : 4 }, (_, i) => i),
        },
      })
      // The array as it lies in the archive, stored: after the local header and the name.
      return bytes.slice(30 + 5, bytes.length - 22 - 46 - 5)
    }
    const dataset = await importDataset(
      request({ files: [file('x.npy', npyOf('x'))], labels: file('y.npy', npyOf('y')), split: none }),
      folder,
    )
    expect(dataset).toMatchObject({ shape: [2, 2], classes: ['0', '1', '2', '3'] })
  })

  it.each([
    ['NaN', 'nan', 'NOT_FINITE', 'NaN in row 1, column 3'],
    ['pickled objects', 'pickled', 'NPY_PICKLED', 'pickled'],
    ['complex numbers', 'complex', 'NPY_DTYPE', '<c16'],
    ['an archive without x', 'types', 'NPZ_NAMES', 'There is no array x; it has big'],
  ])('refuses %s and stores nothing', async (_, name, code, message) => {
    const asked = request({ files: [file(`${name}.npz`, fixture(`npz/${name}.npz`))] })
    for (const act of [() => previewImport(asked), () => importDataset(asked, folder)]) {
      await expect(act()).rejects.toMatchObject({ code })
      await expect(act()).rejects.toThrow(message)
    }
    expect(await readdir(folder)).toEqual([])
  })

  it('refuses a zip archive of other files', async () => {
    const asked = request({ files: [file('a.zip', zipSync({ 'a.txt': Buffer.from('a') }))] })
    await expect(importDataset(asked, folder)).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' })
  })
})

describe('generated datasets', () => {
  const generate = (given: object, work = {}) => generateDataset(generateRequestSchema.parse(given), folder, work)

  it('are the same for the same seed, and a split does not depend on the size of another', async () => {
    const small = await generate({ generator: 'rectangles', train: 20, valid: 5, test: 10, seed: 3 })
    expect(small).toMatchObject({ name: 'rectangles', classes: ['tall', 'wide'], n: { train: 20, valid: 5, test: 10 } })
    expect((await generate({ generator: 'rectangles', train: 20, valid: 5, test: 10, seed: 3 })).hash).toBe(small.hash)
    expect((await generate({ generator: 'rectangles', train: 20, valid: 5, test: 10, seed: 4 })).hash).not.toBe(
      small.hash,
    )
    const large = await generate({ generator: 'rectangles', train: 50, valid: 5, test: 30, seed: 3 })
    const [a, b] = [await open(small), await open(large)]
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
    const before = await readdir(folder)
    const stop = new AbortController()
    const work = generate({ generator: 'rectangles', train: 1_000_000 }, { signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    await expect(work).rejects.toThrow()
    expect(await readdir(folder)).toEqual(before)
  })
})

describe('export', () => {
  it('writes what an import reads back', async () => {
    const dataset = await importDataset(
      request({ files: [file('x', images), file('y', labels)], split: { valid: 5, test: 5 } }),
      folder,
    )
    const arrays = readNpz(await exportDataset(join(folder, `${dataset.hash}.safetensors`)), 'out.npz')
    expect(Object.keys(arrays)).toEqual(['x_train', 'y_train', 'x_valid', 'y_valid', 'x_test', 'y_test', 'meta'])
    const test = await (await open(dataset)).split('test')
    expect(arrays.x_test).toEqual({ shape: [5, 12], data: test.x, integer: false })
    expect(arrays.y_test).toEqual({ shape: [5], data: test.labels, integer: true })
    expect(JSON.parse(arrays.meta as string)).toMatchObject({ kind: 'images', shape: [4, 3] })
  })

  it('writes partners of pairs as y', async () => {
    const { hash } = await importDataset(
      request({ files: [file('pairs.npz', fixture('npz/pairs.npz'))], split: none }),
      folder,
    )
    const { y_train: y } = readNpz(await exportDataset(join(folder, `${hash}.safetensors`)), 'out.npz')
    expect(y).toMatchObject({ shape: [5, 16] })
  })

  it('is a file like any other', async () => {
    const { hash } = await generateDataset(
      generateRequestSchema.parse({ generator: 'shifts', train: 3, valid: 0, test: 0 }),
      folder,
    )
    const path = join(folder, `${hash}.safetensors`)
    expect((await readFile(path)).length).toBeGreaterThan(3 * 2 * 169)
    expect(await exportDataset(path)).toEqual(await exportDataset(path))
  })
})

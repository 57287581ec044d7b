import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../../src/shared/datasets'
import { errorLine, toErrorData } from '../../../src/shared/errors'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { idx } from '../../support/idx'
import { file, none, request, Workspace } from './workspace'

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

const space = new Workspace()

describe('import of IDX files', () => {
  it('keeps every image with its label, in seeded splits', async () => {
    const asked = request({
      files: [file('images.gz', gzipSync(images))],
      labels: file('labels.gz', gzipSync(labels)),
      split: { valid: 5, test: 7, seed: 3 },
    })
    const { understood, ...preview } = await previewImport(asked)
    expect(preview).toEqual({
      format: 'IDX',
      kind: 'images',
      n,
      shape: [4, 3],
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      splits: { train: 28, valid: 5, test: 7 },
      ownSplits: [],
    })
    expect(understood.splits).toBe('validation and test drawn with seed 3, each class in its share (stratified)')
    expect(await readdir(space.folder)).toEqual([])
    const dataset = await importDataset(asked, space.folder)
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
    const stored = await space.open(dataset)
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
    expect((await importDataset(asked, space.folder)).hash).toBe(dataset.hash)
  })

  it('reads from paths as from bytes, and finds the labels among the files', async () => {
    const source = join(space.folder, 'source')
    await mkdir(source)
    await writeFile(join(source, 'a.idx'), images)
    await writeFile(join(source, 'b.idx'), labels)
    const at = (name: string): SourceFile => ({ name: join(source, name), content: { path: join(source, name) } })
    const dataset = await importDataset(request({ files: [at('b.idx'), at('a.idx')] }), space.folder)
    expect(dataset.n).toEqual({ train: 32, valid: 4, test: 4 })
    expect(dataset.recipe).toMatchObject({ files: [{ name: 'b.idx' }, { name: 'a.idx' }] })
  })

  it('reads numbers of every type, big-endian', async () => {
    const shorts = idx([3, 1, 2], [0xff, 0xff, 0, 2, 1, 0, 0, 1, 0, 0, 0x7f, 0xff], 0x0b)
    const integers = idx([3], [0, 0, 0, 5, 0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff], 0x0c)
    const dataset = await importDataset(
      request({ files: [file('x', shorts), file('y', integers)], split: none }),
      space.folder,
    )
    expect(dataset.classes).toEqual(['-1', '5', '256'])
    const train = await (await space.open(dataset)).split('train')
    expect(train.x).toEqual(Float32Array.of(-1, 2, 256, 1, 0, 32767))
    expect(train.labels).toEqual(Int32Array.of(1, 2, 0))
  })

  it('takes a test file whole, in its order', async () => {
    const asked = request({
      files: [file('train', images), file('train-labels', labels)],
      testFiles: [file('test', idx([3, 4, 3], new Array(36).fill(200)))],
      testLabels: file('test-labels', idx([3], [9, 1, 5])),
      split: { valid: 10 },
    })
    const dataset = await importDataset(asked, space.folder)
    expect(dataset.n).toEqual({ train: 30, valid: 10, test: 3 })
    expect((await (await space.open(dataset)).split('test')).labels).toEqual(Int32Array.of(9, 1, 5))
  })

  it('says what is wrong, where, and what to do, in one line', async () => {
    const cut = images.subarray(0, 400)
    const asked = request({ files: [file('images.gz', gzipSync(cut))] })
    const error = await importDataset(asked, space.folder).catch(toErrorData)
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
    ['a type that there is not', idx([1, 1, 1], [0], 0x0a), 'FORMAT_UNKNOWN', 'unknown'],
    ['a float that is no number', idx([1, 1, 1], [0x7f, 0xc0, 0, 0], 0x0d), 'NOT_FINITE', 'NaN in row 0, column 0'],
    ['images of 900 megapixels', gzipSync(idx([1, 30_000, 30_000], [0])), 'SHAPE_TOO_LARGE', '30000x30000'],
    ['no images', idx([0, 28, 28], []), 'IDX_EMPTY', 'nothing'],
    ['images of no pixels', idx([5, 0, 28], []), 'IDX_EMPTY', 'nothing'],
    ['an empty file', new Uint8Array(0), 'FILE_EMPTY', 'empty'],
    ['one zero byte', Uint8Array.of(0), 'FORMAT_UNKNOWN', 'unknown'],
    ['a wrong magic number', Buffer.from('hello, this is a text'), 'FORMAT_UNKNOWN', 'unknown'],
    ['a gzipped text', gzipSync('hello, this is a text'), 'FORMAT_UNKNOWN', 'unknown'],
    ['labels alone', labels, 'IMPORT_FILES', 'no images'],
  ])('refuses %s and stores nothing', async (_, bytes, code, message) => {
    const refusal = importDataset(request({ files: [file('images', bytes)] }), space.folder)
    await expect(refusal).rejects.toMatchObject({ code, where: 'images', exit: 2 })
    await expect(refusal).rejects.toThrow(message)
    expect(await readdir(space.folder)).toEqual([])
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
      'a missing file',
      { files: [{ name: 'gone', content: { path: '/gone/for/good' } }] },
      'FILE_UNREADABLE',
      'no such file',
    ],
    [
      'a folder of labels',
      { files: [file('x', images)], labels: { name: 'here', content: { path: import.meta.dirname } } },
      'FOLDER_EMPTY',
      'no images',
    ],
  ])('refuses %s and stores nothing', async (_, given, code, message) => {
    const refusal = importDataset(
      request({ split: { valid: 1, test: 1 }, ...given, ...('testFiles' in given ? { split: { valid: 1 } } : {}) }),
      space.folder,
    )
    await expect(refusal).rejects.toMatchObject({ code, exit: 2 })
    await expect(refusal).rejects.toThrow(message)
    expect(await readdir(space.folder)).toEqual([])
  })

  it('is given up when asked to, and leaves nothing', async () => {
    const stop = new AbortController()
    const asked = request({ files: [file('images', images)], labels: file('labels', labels) })
    const work = importDataset(asked, space.folder, { signal: stop.signal })
    stop.abort()
    await expect(work).rejects.toThrow()
    expect(await readdir(space.folder)).toEqual([])
  })
})

import { Transformer } from '@napi-rs/image'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../../src/shared/datasets'
import { openDatasetFile } from '../../../src/main/datasets/datasetFile'
import { importDataset, previewImport } from '../../../src/main/datasets/importDataset'
import { viewImage } from '../../../src/main/images/view'
import { grey, greyAlpha, png, rgb, rgba } from '../../support/pngFile'
import { tiff } from '../../support/tiff'
import { file, none, request, Workspace } from './workspace'

const space = new Workspace()

/** A 2 x 3 image (height x width) filled with a value. */
const filled = (value: number): Uint8Array => png(3, 2, grey, new Array<number>(6).fill(value))

const onDisk = (files: Record<string, Uint8Array>): void => {
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(space.folder, 'source', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
}
const at = (name: string): SourceFile => ({ name, content: { path: join(space.folder, 'source', name) } })
const store = () => join(space.folder, 'store')

const importAll = async (given: object) => {
  const dataset = await importDataset(request({ split: none, ...given }), store())
  const stored = await openDatasetFile(join(store(), `${dataset.hash}.safetensors`))
  return {
    dataset,
    kept: await stored.pixels('train'),
    train: await stored.split('train'),
    test: await stored.split('test'),
  }
}

describe('import of image folders', () => {
  it('takes a sub-folder as a class, in natural order of names', async () => {
    onDisk({
      'shapes/10/a.png': filled(10),
      'shapes/2/img10.png': filled(22),
      'shapes/2/img9.png': filled(21),
      'shapes/1/a.png': filled(1),
      'shapes/1/.DS_Store': new Uint8Array(4),
      'shapes/Thumbs.db': new Uint8Array(4),
    })
    const { dataset, train } = await importAll({ files: [at('shapes')] })
    expect(dataset).toMatchObject({ kind: 'images', shape: [2, 3], classes: ['1', '2', '10'] })
    expect(dataset.recipe).toMatchObject({
      format: 'images',
      files: [{ name: 'shapes' }],
      options: { images: 4 },
    })
    expect(Array.from({ length: 4 }, (_, i) => Math.round(train.x[6 * i]! * 255))).toEqual([1, 21, 22, 10])
    expect(train.labels).toEqual(Int32Array.of(0, 1, 1, 2))
  })

  it('has no labels without sub-folders', async () => {
    onDisk({ 'flat/b.png': filled(2), 'flat/a.png': filled(1) })
    const { dataset, train } = await importAll({ files: [at('flat')] })
    expect(dataset.classes).toBeNull()
    expect(train.x[0]).toBeCloseTo(1 / 255)
  })

  it('takes labels of another file, in the order of names', async () => {
    onDisk({ 'flat/b.png': filled(2), 'flat/a.png': filled(1) })
    const labels = file('y.csv', Buffer.from('label\n5\n3\n'))
    const { dataset, train } = await importAll({ files: [at('flat')], labels })
    expect(dataset.classes).toEqual(['3', '5'])
    expect(train.labels).toEqual(Int32Array.of(1, 0))
  })

  it('reads dropped files by the folders in their names', async () => {
    const files = [file('drop/wide/1.png', filled(3)), file('drop/tall/1.png', filled(7))]
    const { dataset, train } = await importAll({ files })
    expect(dataset.classes).toEqual(['tall', 'wide'])
    expect(Math.round(train.x[0]! * 255)).toBe(7)
    expect(
      (await importAll({ files: [file('a.png', filled(3)), file('b.png', filled(7))] })).dataset.classes,
    ).toBeNull()
  })

  it('reads several folders as the classes', async () => {
    onDisk({ 'tall/1.png': filled(1), 'wide/1.png': filled(2) })
    expect((await importAll({ files: [at('wide'), at('tall')] })).dataset.classes).toEqual(['tall', 'wide'])
  })

  it('takes a test folder whole, its classes by name', async () => {
    onDisk({ 'train/a/1.png': filled(1), 'train/b/1.png': filled(2), 'test/b/1.png': filled(3) })
    const { dataset, test } = await importAll({
      files: [at('train')],
      testFiles: [at('test')],
      split: { valid: 0 },
    })
    expect(dataset).toMatchObject({ classes: ['a', 'b'], n: { train: 2, test: 1 } })
    expect(test.labels).toEqual(Int32Array.of(1))
  })

  it('sees each image as a model does when it is dropped on it', async () => {
    const samples = Array.from({ length: 36 }, (_, i) => (i * 37) % 256)
    const wide = Array.from({ length: 9 }, (_, i) => i * 7000)
    const images: Record<string, Uint8Array> = {
      'grey.png': png(3, 3, grey, samples.slice(0, 9)),
      'grey16.png': png(3, 3, grey, wide, 16),
      'alpha.png': png(3, 3, greyAlpha, samples.slice(0, 18)),
      'rgb.png': png(3, 3, rgb, samples.slice(0, 27)),
      'rgba.png': png(3, 3, rgba, samples),
      'little.tif': tiff([{ width: 3, height: 3, bits: 8, samples: samples.slice(0, 9) }]),
      'big16.tif': tiff([{ width: 3, height: 3, bits: 16, samples: wide }], { little: false }),
      'photo.jpg': Transformer.fromRgbaPixels(Uint8Array.from(samples), 3, 3).jpegSync(90),
      'lossless.webp': Transformer.fromRgbaPixels(Uint8Array.from(samples), 3, 3).webpLosslessSync(),
    }
    onDisk(Object.fromEntries(Object.entries(images).map(([name, bytes]) => [`all/${name}`, bytes])))
    const { kept, train } = await importAll({ files: [at('all')] })
    expect(kept).toBeInstanceOf(Float32Array)
    const names = Object.keys(images).sort(new Intl.Collator('en', { numeric: true }).compare)
    for (const [row, name] of names.entries()) {
      const { pixels } = await viewImage(name, images[name]!, [3, 3])
      expect([name, ...train.x.subarray(9 * row, 9 * row + 9)]).toEqual([name, ...pixels])
    }
  })

  it('keeps bytes where all images are 8-bit grey, whatever their layout', async () => {
    const grey4 = [9, 9, 9, 255, 1, 1, 1, 255]
    const files = [file('a.png', png(2, 1, rgba, grey4)), file('b.png', png(2, 1, grey, [3, 4]))]
    const { kept, train } = await importAll({ files })
    expect(kept).toBeInstanceOf(Uint8Array)
    expect(train.x).toEqual(Float32Array.from([9, 1, 3, 4], (value) => value / 255))
  })

  it('reads each page of a stack as an image of its own, signed and float values as they are', async () => {
    const page = (value: number) =>
      ({ width: 3, height: 2, bits: 8, samples: new Array<number>(6).fill(value) }) as const
    const stack = await importAll({ files: [file('a.tif', tiff([page(1), page(2)])), file('b.png', filled(3))] })
    expect([0, 6, 12].map((at) => Math.round(stack.train.x[at]! * 255))).toEqual([1, 2, 3])
    const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/images/s16.tif'))
    const signed = await importAll({ files: [file('s16.tif', fixture)], meaning: { scale: 'keep' } })
    expect([...signed.train.x.subarray(0, 3)]).toEqual([-290, -210, 440])
  })

  it('is the same dataset from disk and dropped', async () => {
    onDisk({ 'set/a/1.png': filled(1), 'set/b/1.png': filled(2) })
    const disk = await importAll({ files: [at('set')] })
    const dropped = await importAll({ files: [file('set/a/1.png', filled(1)), file('set/b/1.png', filled(2))] })
    expect(dropped.dataset.hash).toBe(disk.dataset.hash)
    const [one, other] = [disk, dropped].map(({ dataset }) => (dataset.recipe as { files: { sha256: string }[] }).files)
    expect(other![0]!.sha256).toBe(one![0]!.sha256)
  })
})

describe('import of pairs of images', () => {
  const list = 'x,y\na.png,img/b.png\r\n"a.png","c.png"\n'
  const images = { 'a.png': filled(1), 'img/b.png': png(1, 1, grey, [2]), 'c.png': png(1, 1, grey, [3]) }

  it('reads a list of paths relative to it', async () => {
    onDisk({ 'pairs.csv': Buffer.from(list), ...images })
    const { dataset, train } = await importAll({ files: [at('pairs.csv')] })
    expect(dataset).toMatchObject({ kind: 'pairs', shape: [2, 3], targetShape: [1, 1], n: { train: 2 } })
    expect(dataset.recipe).toMatchObject({ format: 'pair list', options: { images: 4 } })
    expect(train.y).toEqual(Float32Array.of(2 / 255, 3 / 255))
  })

  it('reads a dropped list along with its images', async () => {
    const files = [file('pairs.csv', Buffer.from(list)), ...Object.entries(images).map((entry) => file(...entry))]
    expect((await importAll({ files })).train.y).toEqual(Float32Array.of(2 / 255, 3 / 255))
  })

  it('reads lists as people write them', async () => {
    const files = { 'img/a.png': filled(1), 'img/my image.png': filled(2), 'img/comma,name.png': filled(3) }
    onDisk({ ...files, 'img/sub/d.PNG': filled(4), [`img/${'é'.normalize('NFD')}.png`]: filled(5) })
    const firsts = async (list: string, content: string): Promise<number[][]> => {
      onDisk({ [list]: Buffer.from(content) })
      const { train } = await importAll({ files: [at(list)] })
      return [train.x, train.y!].map((values) => [0, 6].map((i) => Math.round(values[i]! * 255)))
    }
    expect(await firsts('win.csv', 'x,y\nimg\\a.png,img\\sub\\d.PNG\nimg/sub/d.png,img/a.png\n')).toEqual([
      [1, 4],
      [4, 1],
    ])
    expect(await firsts('lr.csv', 'left;right\nimg/my image.png;img/é.png\nimg/a.png;img/comma,name.png\n')).toEqual([
      [2, 1],
      [5, 3],
    ])
    const absolute = (name: string) => join(space.folder, 'source', 'img', name)
    const lines = [`${absolute('a.png')}\t${absolute('my image.png')}`, `${absolute('my image.png')}\timg/a.png`]
    expect(await firsts('tab.txt', lines.join('\n'))).toEqual([
      [1, 2],
      [2, 1],
    ])
  })

  it('reads a list of files with labels, its classes by name, and one of files alone', async () => {
    onDisk({ 'a.png': filled(1), 'b.png': filled(2), 'c.png': filled(3) })
    onDisk({
      'set.csv': Buffer.from('file,label\nc.png,10\na.png,9\nb.png,10\n'),
      'one.txt': Buffer.from('b.png\na.png'),
    })
    const { dataset, train } = await importAll({ files: [at('set.csv')] })
    expect(dataset).toMatchObject({ kind: 'images', classes: ['9', '10'], recipe: { format: 'labelled image list' } })
    expect([train.labels, Math.round(train.x[0]! * 255)]).toEqual([Int32Array.of(1, 0, 1), 3])
    const alone = await importAll({ files: [at('one.txt')] })
    expect([alone.dataset.classes, Math.round(alone.train.x[0]! * 255)]).toEqual([null, 2])
  })

  it('names an unknown header, with the remedy', async () => {
    const files = [file('l.csv', Buffer.from('now,then\na.png,b.png\n')), file('a.png', filled(1))]
    await expect(previewImport(request({ files }))).rejects.toMatchObject({
      code: 'LIST_HEADER',
      where: 'l.csv, line 1',
    })
  })

  it('never reads from the disk what a dropped list names', async () => {
    const dropped = file('pairs.csv', Buffer.from('x,y\n/etc/a.png,/etc/b.png\n'))
    await expect(previewImport(request({ files: [dropped] }))).rejects.toMatchObject({ code: 'PAIR_IMAGE' })
  })

  it('takes no image for another of its name', async () => {
    const files = [
      file('pairs.csv', Buffer.from('a.png,a.png\n')),
      file('one/a.png', filled(1)),
      file('two/a.png', filled(2)),
    ]
    await expect(previewImport(request({ files }))).rejects.toMatchObject({ code: 'PAIR_IMAGE' })
  })

  it('sorts frames by decimals and signs', async () => {
    const names = ['rot_0.75', 'rot_10.0', 'rot_-10', 'rot_0.5', 'rot_1.0']
    const files = names.map((name, index) => file(`film/${name}.png`, png(1, 1, grey, [index])))
    const { train } = await importAll({ files, frames: true })
    expect([...train.x].map((value) => Math.round(value * 255))).toEqual([2, 3, 0, 4])
  })

  it('pairs the pages of a stack, and none across stacks', async () => {
    const page = (value: number) => ({ width: 1, height: 1, bits: 8, samples: [value] }) as const
    const film = file('a.tif', tiff([page(1), page(2), page(3)]))
    const { train } = await importAll({ files: [film, file('b.tif', tiff([page(8), page(9)]))], frames: true })
    const bytes = (values: Float32Array) => [...values].map((value) => Math.round(value * 255))
    expect([bytes(train.x), bytes(train.y!)]).toEqual([
      [1, 2, 8],
      [2, 3, 9],
    ])
  })

  it('pairs each frame of a folder with the next one, and none across folders', async () => {
    onDisk({
      'film/a/1.png': filled(1),
      'film/a/2.png': filled(2),
      'film/a/10.png': filled(10),
      'film/b/1.png': filled(50),
      'film/b/2.png': filled(51),
    })
    const { dataset, train } = await importAll({ files: [at('film')], frames: true })
    expect(dataset).toMatchObject({ kind: 'pairs', classes: null, n: { train: 3 } })
    const firsts = (values: Float32Array) => [0, 6, 12].map((i) => Math.round(values[i]! * 255))
    expect([firsts(train.x), firsts(train.y!)]).toEqual([
      [1, 2, 50],
      [2, 10, 51],
    ])
  })
})

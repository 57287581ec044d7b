import { zipSync } from 'fflate'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { previewImport } from '../../../src/main/datasets/importDataset'
import { withInputFile } from '../../../src/main/datasets/readers/inputFile'
import { unpacked } from '../../../src/main/datasets/readers/archive'
import { idx } from '../../support/idx'
import { npy, npz } from '../../support/npy'
import { grey, png } from '../../support/pngFile'
import { patched } from '../../support/hostile/hostile'
import { file, request, Workspace } from './workspace'

const space = new Workspace()
const image = (value: number): Uint8Array => png(2, 1, grey, [value, value])
const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content))
const preview = (name: string, bytes: Uint8Array, more: object = {}) =>
  previewImport(request({ files: [file(name, bytes)], ...more }))
const rows = (count: number, from = 0) =>
  text(Array.from({ length: count }, (_, i) => `0.${from + i} 0.5 0.25 0.75 ${i % 2}\n`).join(''))

describe('a zip', () => {
  it('of a folder is that folder, with one around it or without', async () => {
    const images = { 'cat/1.png': image(1), 'cat/2.png': image(2), 'dog/1.png': image(3) }
    const around = Object.fromEntries(Object.entries(images).map(([name, bytes]) => [`set/${name}`, bytes]))
    const litter = { '__MACOSX/set/._1.png': text('x'), 'set/README.md': text('about'), 'set/.DS_Store': text('x') }
    for (const content of [images, { ...around, ...litter }]) {
      const { n, classes } = await preview('set.zip', zipSync(content))
      expect([n, classes]).toEqual([3, ['cat', 'dog']])
    }
    const { skipped } = (await preview('set.zip', zipSync({ ...around, ...litter }))).understood
    expect(skipped).toEqual([
      { what: '__MACOSX, .DS_Store', why: 'left by a system', n: 2 },
      { what: 'README.md', why: 'no image', n: 1 },
    ])
  })

  it('may hold splits, as folders or as published files', async () => {
    const folders = { 'set/train/a/1.png': image(1), 'set/train/b/1.png': image(2), 'set/test/a/1.png': image(3) }
    expect((await preview('set.zip', zipSync(folders), { split: { valid: 0 } })).splits).toEqual({
      train: 2,
      valid: 0,
      test: 1,
    })
    const published = {
      'shapes_train.amat': rows(6),
      'shapes_test.amat': rows(3),
      'README.txt': text('See the paper.'),
    }
    mkdirSync(space.folder, { recursive: true })
    const path = join(space.folder, 'shapes.zip')
    writeFileSync(path, zipSync(published))
    const found = await previewImport(
      request({ files: [{ name: 'shapes.zip', content: { path } }], split: { valid: 2 } }),
    )
    expect(found).toMatchObject({ format: 'amat', splits: { train: 4, valid: 2, test: 3 }, ownSplits: ['test'] })
    expect(found.understood.skipped).toEqual([{ what: 'README.txt', why: 'no data that can be read', n: 1 }])
  })

  it('of arrays alone is read as .npz, whatever it is called', async () => {
    const x = npy('<f4', [4, 4], new Uint8Array(Float32Array.from({ length: 16 }, (_, i) => i / 16).buffer))
    expect((await preview('arrays.zip', npz({ x }))).format).toBe('npz')
  })

  it.each([
    ['cut off', (zip: Uint8Array) => zip.subarray(0, -30), 'ZIP_DAMAGED'],
    ['of nothing', () => zipSync({ 'a/': new Uint8Array(0) }), 'ARCHIVE_EMPTY'],
    ['of a zip', (zip: Uint8Array) => zipSync({ 'inner.zip': zip }), 'ARCHIVE_EMPTY'],
    ['of notes', () => zipSync({ 'notes.txt': text('Hello.') }), 'ARCHIVE_EMPTY'],
  ])('%s is refused', async (_, spoil, code) => {
    const zip = zipSync({ 'cat/1.png': image(1) })
    await expect(preview('set.zip', spoil(zip))).rejects.toMatchObject({ code, where: 'set.zip' })
  })

  it('whose member is not what it promises is refused there, and unpacks to no more', async () => {
    const zip = zipSync({ 'set.amat': rows(2000) }, { level: 9 })
    const central = Buffer.from(zip).lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'))
    const wrongSum = preview('s.zip', patched(zip, central + 16, 1, 2, 3, 4))
    await expect(wrongSum).rejects.toMatchObject({ where: 's.zip/set.amat', message: 'The checksum does not agree' })
    const short = preview('s.zip', patched(zip, central + 24, 40, 0, 0, 0))
    await expect(short).rejects.toMatchObject({ where: 's.zip/set.amat', message: expect.stringContaining('promised') })
  })
})

describe('gzip', () => {
  it('of a text or an array is that file; IDX keeps its reader', async () => {
    const csv = text('a,b,c,d,label\n0,0.25,0.5,1,0\n1,0.5,0.25,0,1\n')
    expect(await preview('data.csv.gz', gzipSync(csv), { split: { valid: 0, test: 0 } })).toMatchObject({
      format: 'CSV',
      n: 2,
    })
    const amat = await preview('set.amat.gz', gzipSync(rows(4)), { split: { valid: 0, test: 0 } })
    expect(amat).toMatchObject({ format: 'amat', n: 4 })
    const images = gzipSync(idx([4, 2, 2], new Uint8Array(16).fill(200)))
    expect((await preview('images.gz', images)).format).toBe('IDX')
  })

  it('of labels beside images is read too', async () => {
    const files = [file('a/1.png', image(1)), file('a/2.png', image(2))]
    const labels = file('y.csv.gz', gzipSync(text('label\n3\n5\n')))
    const found = await previewImport(request({ files, labels, split: { valid: 0, test: 0 } }))
    expect(found.classes).toEqual(['3', '5'])
  })
})

describe('a packed file', () => {
  it('is read from any place, forwards and back', async () => {
    const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 3)
    const source = { name: 'a.bin', content: { gzip: file('a.bin.gz', new Uint8Array(gzipSync(content))) } }
    await withInputFile(source, async ({ size, read }) => {
      expect(size).toBe(content.length)
      for (const [at, length] of [
        [0, 10],
        [250_000, 50_000],
        [5, 100_000],
        [299_990, 50],
        [64 * 1024 - 2, 4],
      ] as const) {
        expect(Buffer.from(await read(at, length)).equals(content.subarray(at, at + length))).toBe(true)
      }
    })
    const { sources } = await unpacked([file('x.csv.gz', gzipSync(text('1,2\n')))], 'all', {})
    expect(sources.map(({ name }) => name)).toEqual(['x.csv'])
  })
})

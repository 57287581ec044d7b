import { Transformer } from '@napi-rs/image'
import { zipSync } from 'fflate'
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import type { ImportRequest } from '../../src/shared/datasets'
import { Random } from '../../src/main/datasets/random'
import { gif } from '../support/gif'
import { idx } from '../support/idx'
import { encodeLzw } from '../support/lzw'
import { npy, npz } from '../support/npy'
import { grey, png, rgb } from '../support/pngFile'
import { tiff } from '../support/tiff'
import { taggedTiff } from '../support/tiffTags'

/** A valid import, of which one file is changed. */
export interface Sample {
  files: Record<string, Uint8Array>
  /** The file that is changed. */
  target: string
  kind: 'binary' | 'text'
  /** The file of labels, where they come apart. */
  labels?: string
  /** What makes the changed content a file: packing it, or correcting its checksums. As it is where nothing is said. */
  pack?: (content: Uint8Array) => Uint8Array
  options?: Partial<Omit<ImportRequest, 'meaning'>> & { meaning?: object }
}

const random = new Random(1, 0)
const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => random.integer(0, 255))

const images = idx([5, 4, 4], bytes(80))
const x = npy('<f4', [5, 16], new Uint8Array(Float32Array.from(bytes(80), (value) => value / 255).buffer))
const y = npy('<i8', [5], new Uint8Array(BigInt64Array.of(0n, 1n, 2n, 0n, 1n).buffer))
const names = npy('|S3', [5], Buffer.from('catdogcatdogcat'))
const fortran = npy('>u2', [5, 4, 4], bytes(160), true)

const rows = (divide: string, end: string): string =>
  Array.from(
    { length: 5 },
    (_, i) =>
      [...bytes(4)]
        .map((value) => value / 4)
        .concat(i % 2)
        .join(divide) + end,
  ).join('')

const raw = { options: { meaning: { scale: 'keep' } } }
/** Semicolons, decimal commas, classes by name. */
const germanRows = Array.from({ length: 6 }, (_, i) => `${i};${i % 2 ? 'wide' : 'tall'};0,5;0,25;1;0\n`).join('')

const ofFile = (name: string, content: Uint8Array | string, more: Partial<Sample> = {}): Sample => ({
  files: { [name]: typeof content === 'string' ? Buffer.from(content) : content },
  target: name,
  kind: typeof content === 'string' ? 'text' : 'binary',
  ...more,
})

const rgbaPixels = (): Uint8Array => bytes(4 * 64).map((value, i) => (i % 4 === 3 ? 255 : value))
const coloured = (): Transformer => Transformer.fromRgbaPixels(rgbaPixels(), 8, 8)
const pngs = [png(8, 8, grey, [...bytes(64)]), png(8, 8, rgb, [...bytes(192)])] as const

/** An image beside another of its size. */
const ofImage = (extension: string, image: Uint8Array, more: Partial<Sample> = {}): Sample => {
  const target = `set/b/2.${extension}`
  return { files: { 'set/a/1.png': pngs[0], [target]: image }, target, kind: 'binary', ...more }
}

/** The checksum of every PNG chunk corrected, as far as there are chunks. */
function withChecksums(content: Uint8Array): Uint8Array {
  const file = Buffer.from(content)
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at)
    if (end + 4 > file.length) break
    file.writeUInt32BE(crc32(file.subarray(at + 4, end)), end)
    at = end + 4
  }
  return file
}

const tagged = { 256: 8, 257: 8, 262: 1, 277: 1, 278: 8 }
const lzw = (content: Uint8Array) => encodeLzw(content, { literalBits: 8, highFirst: true, early: true })
const film = gif(
  8,
  8,
  [0, 0, 0, 255, 255, 255],
  [
    { width: 8, height: 8, indices: [...bytes(64)].map((value) => value % 4) },
    { left: 2, top: 2, width: 4, height: 4, indices: [...bytes(16)].map((value) => value % 4), disposal: 3 },
  ],
)
/** The animation with another size of its canvas. */
const withCanvas = (size: Uint8Array): Uint8Array => Buffer.concat([film.subarray(0, 6), size, film.subarray(10)])
const page = { width: 8, height: 8, bits: 8, samples: [...bytes(64)] } as const
const list = 'x,y\na.png,b.png\nb.png,"a.png"\nb.png,b.png\n'
const labelled = { files: { 'x.idx': images, 'y.idx': idx([5], [0, 1, 0, 1, 0]) }, kind: 'binary' } as const

/** Samples of every reader. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  IDX: [
    ofFile('x.idx', images),
    ofFile('x.idx', idx([5, 2, 2], bytes(80), 0x0d)),
    { ...labelled, target: 'y.idx' },
    { ...labelled, target: 'x.idx' },
    {
      files: { 'x.idx': images, 'y.csv': Buffer.from('file,label\n1,cat\n2,dog\n3,cat\n4,dog\n5,cat\n') },
      target: 'y.csv',
      kind: 'text',
      labels: 'y.csv',
    },
  ],
  'IDX in gzip': [ofFile('x.gz', gzipSync(images)), ofFile('x.gz', images, { pack: (content) => gzipSync(content) })],
  npy: [ofFile('x.npy', x), ofFile('x.npy', fortran, raw)],
  npz: [
    ofFile('set.npz', npz({ x, y })),
    ofFile('set.npz', npz({ x, y }, 6)),
    ofFile('set.npz', npz({ x_train: x, y_train: names, x_test: x, y_test: names }), {
      options: { split: { valid: 0 } },
    }),
    ofFile('set.npz', x, { pack: (content) => npz({ x: content, y }, 6) }),
    ofFile('set.npz', y, { pack: (content) => npz({ x: fortran, y: content }), ...raw }),
  ],
  amat: [ofFile('set.amat', rows(' ', '\n')), ofFile('set.amat', `#size: 5 5\n${rows('  ', '\r\n')}`)],
  CSV: [
    ofFile('set.csv', rows(',', '\r\n'), { options: { meaning: { labelsColumn: 'last', scale: 'keep' } } }),
    ofFile('set.txt', rows(' ', '\n'), { options: { meaning: { labelsColumn: 'last', scale: 'keep' } } }),
    ofFile('set.csv', `id;label;p0;p1;p2;p3\n${germanRows}`),
    ofFile('set.csv', `a,"b, c",d,e,label\n${rows(',', '\n')}`, raw),
    ofFile('set.csv', `\ufeff"a";"b";"c";"d";"y"\n${rows(';', '\n').replaceAll(/[\d.]+/g, '"$&"')}`, raw),
  ],
  PNG: [
    ofImage('png', pngs[0]),
    ofImage('png', pngs[0], { pack: withChecksums }),
    ofImage('png', pngs[1], { pack: withChecksums }),
    ofImage(
      'png',
      png(
        8,
        8,
        grey,
        [...bytes(64)].map((value) => value * 200),
        16,
      ),
      { pack: withChecksums },
    ),
  ],
  JPEG: [ofImage('jpg', coloured().jpegSync(90)), ofImage('jpg', coloured().grayscale().jpegSync(60))],
  WebP: [ofImage('webp', coloured().webpLosslessSync()), ofImage('webp', coloured().webpSync(80))],
  TIFF: [
    ofImage('tif', tiff([page])),
    ofImage('tif', tiff([{ ...page, bits: 16 }], { little: false })),
    ofImage('tif', coloured().tiffSync()),
    ofImage('tif', taggedTiff({ ...tagged, 258: 8, 259: 8, 317: 2 }, deflateSync(bytes(64)))),
    ofImage('tif', bytes(64), { pack: (content) => taggedTiff({ ...tagged, 258: 8, 259: 8 }, deflateSync(content)) }),
    ofImage('tif', taggedTiff({ ...tagged, 258: 8, 259: 5 }, lzw(bytes(64)))),
    ofImage('tif', taggedTiff({ ...tagged, 258: 12 }, bytes(96))),
    ofImage('tif', tiff([page, page])),
  ],
  GIF: [ofImage('gif', film), ofImage('gif', film.slice(6, 10), { pack: withCanvas })],
  BMP: [ofImage('bmp', coloured().bmpSync())],
  PNM: [
    ofImage('pgm', Buffer.concat([Buffer.from('P5\n8 8\n255\n'), bytes(64)])),
    ofImage('ppm', Buffer.from(`P3\n8 8\n255\n${[...bytes(192)].join(' ')}\n`)),
  ],
  zip: [
    ofFile('set.zip', zipSync({ 'set/a/1.png': pngs[0], 'set/b/2.png': pngs[1] })),
    ofFile('set.zip', Buffer.from(rows(' ', '\n')), { pack: (content) => zipSync({ 'set.amat': content }) }),
  ],
  gzip: [
    ofFile('set.amat.gz', gzipSync(rows(' ', '\n'))),
    ofFile('set.csv.gz', `a,b,c,d,label\n${rows(',', '\n')}`, { ...raw, pack: (content) => gzipSync(content) }),
  ],
  'labelled list': [
    {
      files: { 'set.csv': Buffer.from('file,label\na.png,x\nb.png,y\n'), 'a.png': pngs[0], 'b.png': pngs[1] },
      target: 'set.csv',
      kind: 'text',
    },
  ],
  'pair list': [
    {
      files: { 'pairs.csv': Buffer.from(list), 'a.png': pngs[0], 'b.png': pngs[1] },
      target: 'pairs.csv',
      kind: 'text',
    },
    {
      files: { 'pairs.csv': Buffer.from(list), 'a.png': pngs[0], 'b.png': pngs[1] },
      target: 'b.png',
      kind: 'binary',
      pack: withChecksums,
    },
  ],
  frames: [
    {
      files: { 'film/1.png': pngs[0], 'film/2.png': pngs[1], 'film/10.png': pngs[0] },
      target: 'film/2.png',
      kind: 'binary',
      pack: withChecksums,
      options: { frames: true },
    },
  ],
}

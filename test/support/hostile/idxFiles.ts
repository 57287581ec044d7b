import { gzipSync } from 'node:zlib'
import { idx } from '../idx'
import { bytes, patched, text, type Hostile } from './hostile'

const images = idx([6, 4, 4], bytes(96))
const labels = idx([6], [0, 1, 2, 0, 1, 2])
const packed = gzipSync(images)
const many = 4_000_000_000

const one = (what: string, file: Uint8Array, code: string): Hostile => ({
  reader: 'IDX',
  what,
  files: { 'images.idx': file },
  code,
  where: 'images.idx',
})

export const idxFiles: readonly Hostile[] = [
  one('no bytes', new Uint8Array(0), 'FILE_EMPTY'),
  one('one zero byte', Uint8Array.of(0), 'FORMAT_UNKNOWN'),
  one('zeros alone', new Uint8Array(4096), 'FORMAT_UNKNOWN'),
  one('a file cut in an image', images.subarray(0, 60), 'IDX_TRUNCATED'),
  one('a file cut in its header', images.subarray(0, 9), 'IDX_TRUNCATED'),
  one('bytes after the last image', Buffer.concat([images, Buffer.alloc(3)]), 'IDX_TRAILING'),
  one('four billion images', idx([many, 28, 28], [1, 2, 3]), 'IDX_TRUNCATED'),
  one('no images', idx([0, 28, 28], []), 'IDX_EMPTY'),
  one('images without width', idx([3, 28, 0], []), 'IDX_EMPTY'),
  one('five axes', idx([1, 1, 1, 1, 1], [0]), 'IDX_AXES'),
  one('a type that there is not', patched(images, 2, 0x07), 'FORMAT_UNKNOWN'),
  one('infinity', idx([1, 1, 1], [0x7f, 0x80, 0, 0], 0x0d), 'NOT_FINITE'),
  one('an image of 30,000 x 30,000', gzipSync(idx([1, 30_000, 30_000], [0])), 'SHAPE_TOO_LARGE'),
  one('gzip cut short', packed.subarray(0, packed.length - 20), 'IDX_TRUNCATED'),
  one('gzip cut in its header', packed.subarray(0, 6), 'GZIP_DAMAGED'),
  one('gzip with a wrong checksum', patched(packed, -6, packed.at(-6)! ^ 1), 'GZIP_DAMAGED'),
  one('gzip of a text', gzipSync('hello, this is a text'), 'FORMAT_UNKNOWN'),
  one('gzip of four billion images', gzipSync(idx([many, many, many], [1, 2, 3])), 'IDX_TRUNCATED'),
  one(
    'gzip that inflates to more than is promised',
    gzipSync(Buffer.concat([images, Buffer.alloc(30_000_000)])),
    'IDX_TRAILING',
  ),
  one('labels alone', labels, 'IMPORT_FILES'),
  {
    reader: 'IDX',
    what: 'fewer labels than images',
    files: { 'images.idx': images, 'labels.idx': idx([5], [0, 1, 2, 0, 1]) },
    labels: 'labels.idx',
    code: 'LABELS_COUNT',
    where: 'labels.idx',
  },
  {
    reader: 'IDX',
    what: 'one name for six images',
    files: { 'images.idx': images, 'labels.idx': text('six labels') },
    labels: 'labels.idx',
    code: 'LABELS_COUNT',
    where: 'labels.idx',
  },
  {
    reader: 'IDX',
    what: 'a test file of another size',
    files: { 'images.idx': images, 'test.idx': idx([1, 5, 5], bytes(25)) },
    test: 'test.idx',
    code: 'TEST_MISMATCH',
    where: 'test.idx',
  },
]

import { zipSync } from 'fflate'
import { float32, npy, npyOf, npz } from '../npy'
import { bytes, patched, text, type Hostile } from './hostile'

const x = npy('|u1', [6, 16], bytes(96))
const y = npy('|u1', [6], Uint8Array.of(0, 1, 2, 0, 1, 2))
const eye = npy('|u1', [4, 4], Uint8Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1))
/** What our own export says beside its arrays. */
const metaOf = (classes: string[]): Uint8Array => {
  const description = JSON.stringify({ kind: 'images', shape: [4, 4], targetShape: null, classes })
  return npy(`|S${description.length}`, [], text(description))
}
const archive = npz({ x, y })
const packed = npz({ x, y }, 6)

const single = (what: string, file: Uint8Array, code: string): Hostile => ({
  reader: 'npy',
  what,
  files: { 'x.npy': file },
  code,
  where: 'x.npy',
})

const zipped = (what: string, file: Uint8Array, code: string, place = ''): Hostile => ({
  reader: 'npz',
  what,
  files: { 'set.npz': file },
  code,
  where: `set.npz${place}`,
})

/** An array whose header promises three billion bytes, of which there are three million. */
const vast = npy('|u1', [3_000_000, 1000], new Uint8Array(3_000_000))

/** Where the directory's entry of the first array begins: after all arrays. */
const central = (file: Uint8Array): number => Buffer.from(file).indexOf(Buffer.from('PK\x01\x02', 'latin1'))

/** An archive that says its first array has so many bytes. */
function claiming(file: Uint8Array, size: number): Uint8Array {
  const size32 = new Uint8Array(Uint32Array.of(size).buffer)
  return patched(file, central(file) + 24, ...size32)
}

export const numpyFiles: readonly Hostile[] = [
  single('an array cut short', x.subarray(0, x.length - 10), 'NPY_DAMAGED'),
  single('an array cut in its header', x.subarray(0, 30), 'NPY_DAMAGED'),
  single('bytes after the array', Buffer.concat([x, Buffer.alloc(1)]), 'NPY_DAMAGED'),
  single('four billion rows', npy('<f4', [4_000_000_000, 784], float32(1, 2)), 'NPY_DAMAGED'),
  single(
    'a number of rows with 400 digits',
    npyOf(`{'descr': '<f4', 'fortran_order': False, 'shape': (${'9'.repeat(400)}, 0), }`, float32(1)),
    'NPY_DAMAGED',
  ),
  single('a header without a shape', npyOf("{'descr': '<f4', 'fortran_order': False, }", float32(1)), 'NPY_DAMAGED'),
  single('a header of 65,535 bytes that is not there', patched(x, 8, 0xff, 0xff), 'NPY_DAMAGED'),
  single('a header of 4 GiB', patched(x, 6, 2, 0, 0xff, 0xff, 0xff, 0xff), 'NPY_DAMAGED'),
  single('version 9', patched(x, 6, 9), 'NPY_DAMAGED'),
  single('pickled objects', npy('|O', [1], Buffer.from('cos\nsystem\n(S"true"\ntR.')), 'NPY_PICKLED'),
  single('a structure', npy("[('a', '<f4')]", [1], float32(1)), 'NPY_DTYPE'),
  single('complex numbers', npy('<c16', [1, 1], new Uint8Array(16)), 'NPY_DTYPE'),
  single('a text', npy('<U2', [], new Uint8Array(8)), 'NPY_DTYPE'),
  single('NaN', npy('<f4', [2, 4], float32(1, 2, 3, 4, 5, NaN, 7, 8)), 'NOT_FINITE'),
  single('infinity in half precision', npy('<f2', [1, 1], Uint8Array.of(0, 0x7c)), 'NOT_FINITE'),
  single(
    'a number that float32 cannot hold',
    npy('>f8', [1, 1], Uint8Array.of(0x7f, 0xe0, 0, 0, 0, 0, 0, 0)),
    'NOT_FINITE',
  ),
  single('no rows', npy('<f4', [0, 784], new Uint8Array(0)), 'NO_EXAMPLES'),
  single('rows without values', npy('<f4', [784, 0], new Uint8Array(0)), 'NO_EXAMPLES'),
  single('one number without axes', npy('<f4', [], float32(1)), 'NO_EXAMPLES'),
  single('four axes', npy('|u1', [2, 2, 2, 2], bytes(16)), 'SHAPE_AXES'),
  single('rows that are no square', npy('|u1', [2, 7], bytes(14)), 'SHAPE_NEEDED'),
  single('an example of five million pixels', npy('|u1', [1, 5_000_000], new Uint8Array(5_000_000)), 'SHAPE_TOO_LARGE'),
  single('labels alone', y, 'IMPORT_FILES'),
  zipped('an archive cut short', archive.subarray(0, archive.length - 40), 'NPZ_DAMAGED'),
  zipped('an archive cut after its first bytes', archive.subarray(0, 30), 'NPZ_DAMAGED'),
  zipped('a changed byte', patched(archive, 200, archive[200]! ^ 1), 'NPZ_DAMAGED', ', x.npy'),
  zipped('a changed byte in packed data', patched(packed, 90, packed[90]! ^ 0xff), 'NPZ_DAMAGED', ', x.npy'),
  zipped('an encrypted entry', patched(archive, central(archive) + 8, 1), 'NPZ_DAMAGED', ', x.npy'),
  zipped('an unknown compression', patched(archive, central(archive) + 10, 99), 'NPZ_DAMAGED', ', x.npy'),
  zipped('a directory that is elsewhere', patched(archive, -6, 5), 'NPZ_DAMAGED'),
  zipped('65,000 entries that are not there', patched(archive, -12, 0xe8, 0xfd), 'NPZ_DAMAGED'),
  zipped(
    'a bomb that promises little',
    claiming(npz({ x: npy('|u1', [1, 1], new Uint8Array(3_000_000)) }, 6), 100),
    'NPZ_DAMAGED',
    ', x.npy',
  ),
  zipped(
    'a bomb that promises what its array does',
    claiming(npz({ x: Buffer.concat([x, Buffer.alloc(3_000_000)]) }, 6), x.length),
    'NPZ_DAMAGED',
    ', x.npy',
  ),
  zipped(
    'a bomb of three billion bytes',
    claiming(npz({ x: vast }, 6), vast.length - 3_000_000 + 3_000_000_000),
    'DATASET_TOO_LARGE',
    ', x',
  ),
  zipped('no array x', npz({ weights: x }), 'NPZ_NAMES'),
  zipped('two arrays of images', npz({ x, images: x }), 'NPZ_NAMES'),
  zipped(
    'whole numbers of 0 to 16',
    npz({ x: npy('|u1', [2, 4], Uint8Array.of(0, 3, 16, 2, 1, 1, 0, 9)) }),
    'AMBIGUOUS',
  ),
  zipped('one-hot rows as wide as the images', npz({ x: eye, y: eye }), 'AMBIGUOUS'),
  zipped(
    'names of classes with one missing',
    npz({ x, y: npy('|S1', [6], text('ab\0abc')) }),
    'LABELS_TEXT',
    ', y, row 2',
  ),
  zipped('a description whose classes are too few', npz({ x, y, meta: metaOf(['a', 'b']) }), 'LABELS_RANGE'),
  zipped('other files', zipSync({ 'a.txt': text('a') }), 'FORMAT_UNKNOWN'),
  zipped(
    'labels that are no whole numbers',
    npz({ x, y: npy('<f4', [6], float32(0, 1, 2, 0, 1.5, 2)) }),
    'LABELS_NOT_WHOLE',
  ),
  zipped('more labels than images', npz({ x, y: npy('|u1', [7], bytes(7)) }), 'LABELS_COUNT'),
  zipped('partners of another number', npz({ x, y: npy('|u1', [5, 16], bytes(80)) }), 'LABELS_COUNT'),
  zipped('pickled labels', npz({ x, y: npy('|O', [6], text('cos')) }), 'NPY_PICKLED', ', y'),
]

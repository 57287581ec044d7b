import { Transformer } from '@napi-rs/image'
import { crc32, deflateSync } from 'node:zlib'
import { gif } from '../gif'
import { grey, png } from '../pngFile'
import { tiff } from '../tiff'
import { taggedTiff } from '../tiffTags'
import { bytes, patched, text, type Hostile } from './hostile'

const size = 8
const samples = (stream = 0): number[] => [...bytes(size * size, stream)]
const page = { width: size, height: size, bits: 8, samples: samples() } as const

export const pngFile = (stream = 0, side = size): Uint8Array => png(side, side, grey, [...bytes(side * side, stream)])
const rgba = Uint8Array.from({ length: 4 * 64 * 64 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7919) >> 3))
const coloured = (): Transformer => Transformer.fromRgbaPixels(rgba, 64, 64)
export const jpegFile = coloured().jpegSync(90)
export const webpFile = coloured().webpLosslessSync()
export const tiffFile = tiff([page])
const deflated = { 256: size, 257: size, 258: 8, 259: 8, 262: 1, 277: 1, 278: size }
/** A BigTIFF file of one entry, the width. */
const bigTiff = Uint8Array.from([
  ...[0x49, 0x49, 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0],
  ...[1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0],
  ...Array<number>(8).fill(0),
])
const gifFile = gif(size, size, [1, 2, 3], [{ width: size, height: size, indices: Array<number>(size * size).fill(0) }])
const bmpFile = coloured().bmpSync()

/** A PNG with one more chunk after its header. */
function withChunk(file: Uint8Array, type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length)
  chunk.set(body, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  const header = 8 + 25
  return Buffer.concat([file.subarray(0, header), chunk, file.subarray(header)])
}

/** A JPEG that says it is so large. */
function resized(file: Uint8Array, width: number, height: number): Uint8Array {
  const frame = Buffer.from(file).indexOf(Buffer.of(0xff, 0xc0))
  return patched(file, frame + 5, height >> 8, height & 255, width >> 8, width & 255)
}

const oneOf = (name: string, what: string, file: Uint8Array, code: string): Hostile => ({
  reader: 'image folder',
  what,
  files: { 'set/a/1.png': pngFile(1), [`set/b/${name}`]: file, 'set/b/9.png': pngFile(2) },
  paths: ['set'],
  code,
  where: `set/b/${name}`,
})

const folder = (what: string, files: Hostile['files'], code: string, where: string): Hostile => ({
  reader: 'image folder',
  what,
  files,
  paths: ['set'],
  code,
  where,
})

export const imageFiles: readonly Hostile[] = [
  oneOf('2.png', 'an image of no bytes', new Uint8Array(0), 'FILE_EMPTY'),
  oneOf('2.png', 'a text called .png', text('This is no image at all.'), 'IMAGE_UNREADABLE'),
  oneOf('2.png', 'a signature and nothing else', pngFile().subarray(0, 8), 'IMAGE_UNREADABLE'),
  oneOf('2.png', 'a PNG cut short', pngFile().subarray(0, 70), 'IMAGE_UNREADABLE'),
  oneOf('2.png', 'a PNG without data', png(size, size, grey, []), 'IMAGE_UNREADABLE'),
  oneOf('2.png', 'a PNG of no pixels', png(0, size, grey, []), 'IMAGE_UNREADABLE'),
  oneOf('2.png', 'a PNG with a changed byte', patched(pngFile(), 50, pngFile()[50]! ^ 0xff), 'IMAGE_UNREADABLE'),
  oneOf('2.png', 'bytes after a PNG', Buffer.concat([pngFile(), text('more')]), 'IMAGE_TRAILING'),
  oneOf(
    '2.png',
    'an animated PNG',
    withChunk(pngFile(), 'acTL', Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 0)),
    'IMAGE_FRAMES',
  ),
  oneOf('2.png', 'a PNG of 30,000 x 30,000', png(30_000, 30_000, grey, [0]), 'SHAPE_TOO_LARGE'),
  oneOf('2.jpg', 'a JPEG cut short', jpegFile.subarray(0, jpegFile.length / 2), 'IMAGE_UNREADABLE'),
  oneOf('2.jpg', 'a JPEG without its last byte', jpegFile.subarray(0, -1), 'IMAGE_UNREADABLE'),
  oneOf('2.jpg', 'a JPEG of 65,000 x 65,000', resized(jpegFile, 65_000, 65_000), 'SHAPE_TOO_LARGE'),
  oneOf('2.webp', 'a WebP cut short', webpFile.subarray(0, -10), 'IMAGE_UNREADABLE'),
  oneOf('2.webp', 'bytes after a WebP', Buffer.concat([webpFile, text('more')]), 'IMAGE_TRAILING'),
  oneOf('2.webp', 'a WebP of 16,384 x 16,384', patched(webpFile, 21, 0xff, 0xff, 0xff, 0x0f), 'SHAPE_TOO_LARGE'),
  oneOf(
    '2.webp',
    'an animated WebP',
    Buffer.concat([text('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x07\0\0\x07\0\0')]),
    'IMAGE_FRAMES',
  ),
  oneOf('2.tif', 'a TIFF cut short', tiffFile.subarray(0, tiffFile.length - 20), 'IMAGE_UNREADABLE'),
  oneOf('2.tif', 'a TIFF cut in its directory', tiffFile.subarray(0, 40), 'IMAGE_UNREADABLE'),
  oneOf('2.tif', 'a TIFF of 30,000 x 30,000', tiff([{ ...page, width: 30_000, height: 30_000 }]), 'SHAPE_TOO_LARGE'),
  oneOf('2.tif', 'a TIFF whose pages go in a circle', tiff([page, page], { circular: true }), 'IMAGE_UNREADABLE'),
  oneOf('2.png', 'an image of another size', pngFile(0, 9), 'IMAGE_SIZE'),
  oneOf(
    '2.tif',
    'a TIFF that inflates to far more',
    taggedTiff(deflated, deflateSync(new Uint8Array(1e7))),
    'IMAGE_UNREADABLE',
  ),
  oneOf(
    '2.tif',
    'a TIFF of a single strip a row, too few',
    taggedTiff({ ...deflated, 278: 1 }, text('x')),
    'IMAGE_UNREADABLE',
  ),
  oneOf(
    '2.tif',
    'a TIFF of tiles without size',
    taggedTiff({ ...deflated, 322: 0, 323: 0, 324: 0, 325: 1 }, text('x')),
    'IMAGE_UNREADABLE',
  ),
  oneOf(
    '2.tif',
    'a TIFF of tiles of 65,000 x 65,000',
    taggedTiff({ ...deflated, 322: 65_000, 323: 65_000, 324: 0, 325: 1 }, text('x')),
    'IMAGE_UNREADABLE',
  ),
  oneOf('2.tif', 'a BigTIFF whose directory is beyond its end', patched(bigTiff, 8, 255), 'IMAGE_UNREADABLE'),
  oneOf(
    '2.tif',
    'a BigTIFF of as many entries as there are numbers',
    patched(bigTiff, 16, 255, 255, 255, 255, 255, 255, 255),
    'IMAGE_UNREADABLE',
  ),
  oneOf('2.gif', 'a GIF without an image', text('GIF89a\x08\0\x08\0\0\0\0;'), 'IMAGE_UNREADABLE'),
  oneOf('2.gif', 'a GIF cut short', gifFile.subarray(0, -4), 'IMAGE_UNREADABLE'),
  oneOf('2.gif', 'a GIF of 65,535 x 65,535', patched(gifFile, 6, 255, 255, 255, 255), 'SHAPE_TOO_LARGE'),
  oneOf('2.gif', 'a GIF whose image is larger than its canvas', patched(gifFile, 6, 1, 0, 1, 0), 'IMAGE_UNREADABLE'),
  oneOf('2.bmp', 'a bitmap cut short', bmpFile.subarray(0, -10), 'IMAGE_UNREADABLE'),
  oneOf('2.bmp', 'a bitmap of two billion rows', patched(bmpFile, 22, 255, 255, 255, 127), 'SHAPE_TOO_LARGE'),
  oneOf('2.pgm', 'a greymap cut short', text('P5\n8 8\n255\nxyz'), 'IMAGE_UNREADABLE'),
  oneOf('2.pgm', 'a greymap of a billion pixels', text('P5\n30000 30000\n255\nxyz'), 'SHAPE_TOO_LARGE'),
  oneOf('2.pgm', 'a greymap of words', text('P2\n2 1\n255\nno words\n'), 'IMAGE_UNREADABLE'),
  oneOf('2.pgm', 'bytes after a greymap', text('P5\n1 1\n255\nxyz'), 'IMAGE_TRAILING'),
  oneOf('2.heic', 'a format that is not read', text('\0\0\0\x18ftypheic'), 'IMAGE_UNREADABLE'),
  folder('an empty folder', { set: 'folder' }, 'FOLDER_EMPTY', 'set'),
  folder('a class without images', { 'set/a/1.png': pngFile(), 'set/b': 'folder' }, 'FOLDER_EMPTY', 'set/b'),
  folder(
    'folders in folders',
    { 'set/a/one/1.png': pngFile(), 'set/b/1.png': pngFile() },
    'FOLDER_DEEP',
    'set/a/one/1.png',
  ),
  folder(
    'training images by class, test images without',
    { 'set/train/a/1.png': pngFile(), 'set/test/1.png': pngFile() },
    'FOLDER_MIXED',
    'set/test/1.png',
  ),
  folder(
    'a folder of texts',
    { 'set/README.md': text('no images'), 'set/.DS_Store': text('x') },
    'FOLDER_EMPTY',
    'set',
  ),
  folder(
    'an image beside the classes',
    { 'set/0.png': pngFile(), 'set/a/1.png': pngFile() },
    'FOLDER_MIXED',
    'set/0.png',
  ),
  folder('a link to itself and nothing else', { 'set/2.png': 'loop' }, 'FOLDER_EMPTY', 'set'),
  folder('a link to a device that never ends', { 'set/2.png': 'endless' }, 'FOLDER_EMPTY', 'set'),
  folder('a folder that is not there', { 'other/1.png': pngFile() }, 'FILE_UNREADABLE', 'set'),
]

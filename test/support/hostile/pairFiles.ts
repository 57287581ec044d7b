import { grey, png } from '../pngFile'
import { tiff } from '../tiff'
import { bytes, text, type Hostile } from './hostile'

const image = (stream: number, side = 8): Uint8Array => png(side, side, grey, [...bytes(side * side, stream)])

const page = { width: 8, height: 8, bits: 8, samples: [...bytes(64)] } as const

const list = (what: string, lines: string[], code: string, place: string, files: Hostile['files'] = {}): Hostile => ({
  reader: 'pair list',
  what,
  files: {
    'pairs.csv': text(`${lines.join('\n')}\n`),
    'a.png': image(1),
    'b.png': image(2),
    ...files,
  },
  code,
  where: `pairs.csv${place}`,
})

export const pairFiles: readonly Hostile[] = [
  list('an image that is not there', ['x,y', 'a.png,b.png', 'a.png,c.png'], 'FILE_UNREADABLE', ', line 3, c.png'),
  list('a row of three', ['x,y', 'a.png,b.png', 'a.png,b.png,a.png'], 'PAIR_ROW', ', line 3'),
  list('a row of one', ['x,y', 'a.png,b.png', 'a.png'], 'PAIR_ROW', ', line 3'),
  list('a path that is missing', ['x,y', 'a.png,b.png', ',b.png'], 'PAIR_ROW', ', line 3'),
  list('a folder instead of an image', ['x,y', 'a.png,folder'], 'FILE_UNREADABLE', ', line 2, folder', {
    folder: 'folder',
  }),
  list('an image of no bytes', ['x,y', 'a.png,c.png'], 'FILE_EMPTY', ', line 2, c.png', { 'c.png': new Uint8Array(0) }),
  list('a text called .png', ['a.png,b.png', 'a.png,c.png'], 'IMAGE_UNREADABLE', ', line 2, c.png', {
    'c.png': text('no'),
  }),
  list('partners of two sizes', ['x,y', 'a.png,b.png', 'a.png,c.png'], 'IMAGE_SIZE', ', line 3, c.png', {
    'c.png': image(3, 9),
  }),
  list('a partner of 30,000 x 30,000', ['x,y', 'a.png,c.png'], 'SHAPE_TOO_LARGE', ', line 2, c.png', {
    'c.png': png(30_000, 30_000, grey, [0]),
  }),
  list('a file of several images', ['x,y', 'a.png,c.tif'], 'IMAGE_FRAMES', ', line 2, c.tif', {
    'c.tif': tiff([page, page]),
  }),
  list('a quote that is never closed', ['x,y', 'a.png,b.png', '"a.png,b.png'], 'CSV_DAMAGED', ', line 3'),
  list('the list itself as an image', ['x,y', 'a.png,pairs.csv'], 'IMAGE_UNREADABLE', ', line 2, pairs.csv'),
  {
    reader: 'frames',
    what: 'a single image',
    files: { 'film/1.png': image(1) },
    paths: ['film'],
    options: { frames: true },
    code: 'FRAMES_FEW',
    where: 'film/1.png',
  },
  {
    reader: 'frames',
    what: 'a frame of another size',
    files: { 'film/1.png': image(1), 'film/2.png': image(2), 'film/10.png': image(3, 9) },
    paths: ['film'],
    options: { frames: true },
    code: 'IMAGE_SIZE',
    where: 'film/10.png',
  },
  {
    reader: 'frames',
    what: 'a frame cut short',
    files: { 'film/1.png': image(1), 'film/2.png': image(2).subarray(0, 50) },
    paths: ['film'],
    options: { frames: true },
    code: 'IMAGE_UNREADABLE',
    where: 'film/2.png',
  },
  {
    reader: 'frames',
    what: 'numbers instead of images',
    files: { 'set.csv': text('0,0,0,0,1\n') },
    options: { frames: true },
    code: 'IMPORT_FILES',
    where: 'set.csv',
  },
]

import { zipSync } from 'fflate'
import { gzipSync } from 'node:zlib'
import { bytes, patched, text, type Hostile } from './hostile'
import { pngFile } from './imageFiles'

const archive = zipSync({ 'set/a/1.png': pngFile(1), 'set/b/2.png': pngFile(2) })
const central = Buffer.from(archive).lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'))

const zip = (what: string, content: Uint8Array, code: string, where = 'set.zip'): Hostile => ({
  reader: 'zip',
  what,
  files: { 'set.zip': content },
  code,
  where,
})

export const archiveFiles: readonly Hostile[] = [
  zip('cut short', archive.subarray(0, -20), 'ZIP_DAMAGED'),
  zip('a directory beyond its end', patched(archive, -6, 255, 255, 255, 127), 'ZIP_DAMAGED'),
  zip('an encrypted member', patched(archive, central + 8, 1), 'ZIP_DAMAGED', 'set.zip, set/b/2.png'),
  zip('a checksum that lies', patched(archive, central + 16, 1, 2, 3, 4), 'NPZ_DAMAGED', 'set.zip/set/b/2.png'),
  zip('a size of 4 GB', patched(archive, central + 24, 255, 255, 255, 254), 'IMAGE_TOO_LARGE', 'set.zip/set/b/2.png'),
  zip('a member beyond its end', patched(archive, central + 42, 255, 255, 0, 0), 'NPZ_DAMAGED', 'set.zip/set/b/2.png'),
  zip('a zip within', zipSync({ 'again.zip': archive }), 'ARCHIVE_EMPTY'),
  zip('nothing', zipSync({}), 'FORMAT_UNKNOWN'),
  zip(
    'an image that unpacks to far more',
    zipSync({ 'a/1.png': pngFile(), 'a/2.png': new Uint8Array(1e8) }, { level: 9 }),
    'IMAGE_TOO_LARGE',
    'set.zip/a/2.png',
  ),
  zip('a text called .png', zipSync({ 'a/1.png': text('no image') }), 'IMAGE_UNREADABLE', 'set.zip/a/1.png'),
  {
    reader: 'gzip',
    what: 'a text cut short',
    files: { 'set.csv.gz': gzipSync(text(`${[...bytes(60_000)].join(',')}\n`.repeat(4))).subarray(0, -4000) },
    code: 'GZIP_DAMAGED',
    where: 'set.csv',
  },
]

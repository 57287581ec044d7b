import { dirname, isAbsolute, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { SourceFile } from '../../../../shared/datasets'
import { WorkbenchError } from '../../../../shared/errors'
import { isImageName } from '../../../../shared/imageNames'
import type { Work } from '../../work'
import { csvRecords, firstRecords, type CsvRecord } from '../csvText'
import type { InputFile } from '../inputFile'
import { headBytes, type RowSink } from '../reader'
import { isText } from '../textHead'
import { FilesHash } from './filesHash'
import { readImageRow } from './imageRow'
import { SameSize } from './sameSize'

const columns = 2

const isHeader = (cells: readonly string[]): boolean =>
  cells.length === columns && cells[0].trim().toLowerCase() === 'x' && cells[1].trim().toLowerCase() === 'y'

/** Whether a file's first bytes are those of a list of pairs: two columns of image files, or a header x,y and names. */
export function isPairList(head: Uint8Array): boolean {
  if (!isText(head)) return false
  const [first = [], second = []] = firstRecords(head)
  if (first.length !== columns) return false
  return isHeader(first) ? second.some((cell) => Number.isNaN(Number(cell))) : first.every(isImageName)
}

/** Where the images of a list are: beside it on the disk, or among the files that came with it. */
type FindImage = (path: string, where: string) => SourceFile

function onDisk(list: string): FindImage {
  const folder = dirname(list)
  return (path) => ({ name: path, content: { path: isAbsolute(path) ? path : join(folder, path) } })
}

function amongFiles(files: readonly SourceFile[]): FindImage {
  const plain = (name: string) => name.split(/[/\\]/).filter((part) => part !== '' && part !== '.')
  const byPath = new Map(files.map((file) => [plain(file.name).join('/'), file]))
  return (path, where) => {
    const parts = plain(path)
    // Dropped files may have lost their folders: a name that only one has will do.
    const alike = files.filter(({ name }) => plain(name).at(-1) === parts.at(-1))
    const file = byPath.get(parts.join('/')) ?? (alike.length === 1 ? alike[0] : undefined)
    if (file !== undefined) return file
    throw new WorkbenchError('PAIR_IMAGE', `${path} is not among the files`, {
      where,
      remedy: 'Give the images along with the list.',
    })
  }
}

/**
 * Pairs of images by a list: a CSV file of two columns of paths, x and y, each relative to the list.
 * @param images files that came along; none: the paths are on the disk
 * @throws PAIR_ROW, PAIR_IMAGE, IMAGE_SIZE and what is wrong with an image, with the line of the list
 */
export async function readListedPairs(
  file: InputFile,
  images: readonly SourceFile[],
  sink: RowSink,
  work: Work,
): Promise<FilesHash> {
  const find = images.length === 0 && file.path !== null ? onDisk(file.path) : amongFiles(images)
  const sizes = { x: new SameSize(), y: new SameSize() }
  const hash = new FilesHash()
  const read = async (array: 'x' | 'y', path: string, line: string): Promise<void> => {
    const where = `${line}, ${path}`
    const row = await readImageRow(find(path, line), work, where)
    sizes[array].check(where, row.block.shape)
    hash.add(path, row)
    await sink.pixels(array, row.block)
  }
  let first = true
  let characters = 0
  for await (const { cells, line } of csvRecords(file, await file.read(0, headBytes), { signal: work.signal })) {
    const where = `${file.name}, line ${line}`
    work.signal?.throwIfAborted()
    const skipped = first && isHeader(cells)
    first = false
    if (skipped) continue
    const [x, y] = pathsOf({ cells, line }, where)
    await read('x', x, where)
    await read('y', y, where)
    // With a comma and the end of the line; quotes are not counted.
    characters += x.length + y.length + 2
    work.onProgress?.(Math.min(1, characters / file.size))
    await setImmediate()
  }
  return hash
}

function pathsOf({ cells }: CsvRecord, where: string): [x: string, y: string] {
  const [x = '', y = ''] = cells.map((cell) => cell.trim())
  if (cells.length === columns && x !== '' && y !== '') return [x, y]
  const message = cells.length === columns ? 'A path is missing' : `${cells.length} cells, ${columns} expected`
  throw new WorkbenchError('PAIR_ROW', message, { where, remedy: 'Correct it; nothing was imported.' })
}

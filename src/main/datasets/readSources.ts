import type { SourceFile } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { isImageName } from '../../shared/imageNames'
import { imageFormat, signatureBytes } from '../images/structure/formats'
import { FileRows, type MakeSpool } from './fileRows'
import { identify } from './readers/identify'
import { imageEntries, isFolder } from './readers/images/entries'
import type { FilesHash } from './readers/images/filesHash'
import { readFolder, readFrames } from './readers/images/folder'
import { listKind, readListed } from './readers/images/listed'
import { sha256Of, withInputFile, type InputFile } from './readers/inputFile'
import { headBytes, type ReadFacts, type ReadOptions } from './readers/reader'
import { partOf, type Work } from './work'

/** A file as the recipe names it. */
export interface FileRecord {
  name: string
  sha256: string
  bytes: number
}

/** What a file, a folder of images or a list of pairs gave. */
export interface ReadSource {
  format: string
  rows: FileRows
  /** Names of the classes that labels count; null where labels are their own names. */
  classNames: string[] | null
  facts: ReadFacts
  file: FileRecord
}

export interface SourceOptions extends ReadOptions {
  /** Consecutive images of a folder are pairs. */
  frames: boolean
}

/**
 * Reads files, each of them once and whole: image files and folders of them together, all others one by one.
 * @throws FORMAT_UNKNOWN, IMPORT_FILES and the readers' errors
 */
export async function readSources(
  sources: readonly SourceFile[],
  options: SourceOptions,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadSource[]> {
  const lists: SourceFile[] = []
  for (const source of sources) if (await mayBeList(source, sources.length)) lists.push(source)
  const images = sources.filter((source) => !lists.includes(source))
  if (images.length > 0 && (await areImages(images))) {
    if (lists.length === 0) return [await readImages(images, options.frames, makeSpool, work)]
    if (lists.length === 1 && !options.frames) return [await readFile(lists[0], images, options, makeSpool, work)]
  }
  if (options.frames) {
    throw new WorkbenchError('IMPORT_FILES', 'Only images can be consecutive frames', {
      where: sources[0].name,
      remedy: 'Give a folder of images.',
    })
  }
  const read: ReadSource[] = []
  for (const [index, source] of sources.entries()) {
    const part = partOf(work, [index / sources.length, (index + 1) / sources.length])
    read.push(await readFile(source, [], options, makeSpool, part))
  }
  return read
}

/** By its name; a text among images has to read like a list: it may as well be a note that was left there. */
async function mayBeList(source: SourceFile, of: number): Promise<boolean> {
  if (/\.(csv|tsv)$/i.test(source.name)) return true
  if (!/\.txt$/i.test(source.name)) return false
  return of === 1 || withInputFile(source, async ({ read }) => listKind(await read(0, headBytes)) !== null)
}

/** Whether any of the files is an image by name or by its first bytes, or a folder: then all have to be. */
async function areImages(sources: readonly SourceFile[]): Promise<boolean> {
  for (const source of sources) {
    if (isImageName(source.name) || (await isFolder(source))) return true
  }
  return withInputFile(sources[0], async ({ read }) => imageFormat(await read(0, signatureBytes)) !== null)
}

async function readImages(
  sources: readonly SourceFile[],
  frames: boolean,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadSource> {
  const entries = await imageEntries(sources, work.signal)
  const { name } = sources[0]
  const rows = new FileRows(name, makeSpool)
  const { classNames, hash } = await (frames ? readFrames : readFolder)(entries, rows, work)
  return {
    format: frames ? 'consecutive images' : 'images',
    rows,
    classNames,
    facts: { images: hash.files, grey: 'luma of Rec. 601, on black' },
    file: record(name, hash),
  }
}

/** @param images what came along with a list of pairs */
async function readFile(
  source: SourceFile,
  images: readonly SourceFile[],
  options: SourceOptions,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadSource> {
  return withInputFile(source, async (file) => {
    const rows = new FileRows(file.name, makeSpool)
    if (images.length > 0 || listKind(await file.read(0, headBytes)) !== null) {
      return readList(file, images, rows, work)
    }
    const reader = await identify(file)
    const facts = await reader.read(file, rows, work, options)
    const sha256 = await sha256Of(file, work)
    return {
      format: reader.format,
      rows,
      classNames: null,
      facts,
      file: { name: baseName(file.name), sha256, bytes: file.size },
    }
  })
}

/** Formats by what a list names. */
const listFormats = { images: 'image list', pairs: 'pair list', labelled: 'labelled image list' }

async function readList(
  file: InputFile,
  images: readonly SourceFile[],
  rows: FileRows,
  work: Work,
): Promise<ReadSource> {
  const { kind, classNames, hash, ignored } = await readListed(file, images, rows, work)
  const facts = { images: hash.files, grey: 'luma of Rec. 601, on black' }
  return {
    format: listFormats[kind],
    rows,
    classNames,
    facts: ignored.length === 0 ? facts : { ...facts, ignoredColumns: ignored },
    file: record(file.name, hash),
  }
}

const record = (name: string, hash: FilesHash): FileRecord => ({
  name: baseName(name),
  sha256: hash.digest(),
  bytes: hash.bytes,
})

const baseName = (path: string): string => path.split(/[/\\]/).findLast((part) => part !== '') ?? path

import type { ImageShape, SourceFile, SplitName } from '../../shared/datasets'
import type { InputSource } from './readers/inputSource'
import type { MeaningOptions } from '../../shared/importing'
import { WorkbenchError } from '../../shared/errors'
import { isImageName } from '../../shared/imageNames'
import { imageFormat, signatureBytes } from '../images/structure/formats'
import { FileParts, type FileRows, type MakeSpool } from './fileRows'
import { unpacked } from './readers/archive'
import { identify } from './readers/identify'
import { imageEntries, isFolder, plainOrder } from './readers/images/entries'
import type { FilesHash } from './readers/images/filesHash'
import { readFolder, readFrames } from './readers/images/folder'
import { listKind, readListed } from './readers/images/listed'
import { sha256Of, withInputFile, type InputFile } from './readers/inputFile'
import { factsOf, headBytes, type ReadFacts, type ReadOptions } from './readers/reader'
import { partOf, type Work } from './work'

/** A file as the recipe names it. */
export interface FileRecord {
  name: string
  sha256: string
  bytes: number
}

/** What a file, a folder of images or a list of pairs gave of one split. */
export interface ReadSource {
  format: string
  rows: FileRows
  /** Null where the file says nothing of splits. */
  split: SplitName | null
  facts: ReadFacts
  file: FileRecord
}

export interface SourceOptions {
  role: ReadOptions['role']
  shape: ImageShape | undefined
  meaning: MeaningOptions
  /** Consecutive images of a folder are pairs. */
  frames: boolean
}

/**
 * Reads files, each of them once and whole: image files and folders of them together, all others one by one; an archive
 * as what it holds.
 * @throws FORMAT_UNKNOWN, IMPORT_FILES and the readers' errors
 */
export async function readSources(
  given: readonly SourceFile[],
  options: SourceOptions,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadSource[]> {
  const { sources, skipped } = await unpacked(given, options.role, work)
  const [first, ...others] = await readUnpacked(sources, options, makeSpool, work)
  if (skipped.length === 0) return [first, ...others]
  return [{ ...first, facts: { ...first.facts, skipped: [...skipped, ...first.facts.skipped] } }, ...others]
}

async function readUnpacked(
  sources: readonly InputSource[],
  options: SourceOptions,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadSource[]> {
  const lists: InputSource[] = []
  for (const source of sources) if (await mayBeList(source, sources.length)) lists.push(source)
  const images = sources.filter((source) => !lists.includes(source))
  if (images.length > 0 && (await areImages(images))) {
    if (lists.length === 0) return readImages(images, options, makeSpool, work)
    if (lists.length === 1 && !options.frames) return readFile(lists[0], images, options, makeSpool, work)
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
    read.push(...(await readFile(source, [], options, makeSpool, part)))
  }
  return read
}

/** By its name; a text among images has to read like a list: it may as well be a note that was left there. */
async function mayBeList(source: InputSource, of: number): Promise<boolean> {
  if (/\.(csv|tsv)$/i.test(source.name)) return true
  if (!/\.txt$/i.test(source.name)) return false
  return of === 1 || withInputFile(source, async ({ read }) => listKind(await read(0, headBytes)) !== null)
}

/** Whether any of the files is an image by name or by its first bytes, or a folder: then all have to be. */
async function areImages(sources: readonly InputSource[]): Promise<boolean> {
  for (const source of sources) {
    if (isImageName(source.name) || (await isFolder(source))) return true
  }
  return withInputFile(sources[0], async ({ read }) => imageFormat(await read(0, signatureBytes)) !== null)
}

async function readImages(
  sources: readonly InputSource[],
  { frames, meaning }: SourceOptions,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadSource[]> {
  const { entries, skipped } = await imageEntries(sources, work.signal)
  if (meaning.order === 'plain') entries.sort(plainOrder)
  const { name } = sources[0]
  const parts = new FileParts(name, makeSpool)
  const { classNames, names, hash } = await (frames ? readFrames : readFolder)(entries, parts, work)
  const facts = factsOf({
    recipe: { images: hash.files, grey: 'luma of Rec. 601, on black' },
    classNames,
    labelsFrom: classNames === null ? null : 'the names of the folders',
    names,
    skipped,
  })
  return sourcesOf(parts, frames ? 'consecutive images' : 'images', facts, record(name, hash))
}

/** @param images what came along with a list of pairs */
async function readFile(
  source: InputSource,
  images: readonly InputSource[],
  options: SourceOptions,
  makeSpool: MakeSpool,
  work: Work,
): Promise<ReadSource[]> {
  return withInputFile(source, async (file) => {
    const parts = new FileParts(file.name, makeSpool)
    if (options.role !== 'labels' && (images.length > 0 || listKind(await file.read(0, headBytes)) !== null)) {
      return readList(file, images, parts, work)
    }
    const reader = await identify(file, options.role)
    const facts = await reader.read(file, parts, work, options)
    const sha256 = await sha256Of(file, work)
    return sourcesOf(parts, reader.format, facts, { name: baseName(file.name), sha256, bytes: file.size })
  })
}

/** Formats by what a list names. */
const listFormats = { images: 'image list', pairs: 'pair list', labelled: 'labelled image list' }

async function readList(
  file: InputFile,
  images: readonly InputSource[],
  parts: FileParts,
  work: Work,
): Promise<ReadSource[]> {
  const { kind, classNames, names, hash, ignored } = await readListed(file, images, parts.part(null), work)
  const facts = factsOf({
    recipe: { images: hash.files, grey: 'luma of Rec. 601, on black' },
    classNames,
    labelsFrom: classNames === null ? null : 'the column of labels of the list',
    names,
    skipped: ignored.map((name) => ({ what: `column ${name}`, why: 'neither an image nor a label', n: 1 })),
  })
  return sourcesOf(parts, listFormats[kind], facts, record(file.name, hash))
}

const sourcesOf = ({ parts }: FileParts, format: string, facts: ReadFacts, file: FileRecord): ReadSource[] =>
  [...parts].map(([split, rows]) => ({ format, rows, split, facts, file }))

const record = (name: string, hash: FilesHash): FileRecord => ({
  name: baseName(name),
  sha256: hash.digest(),
  bytes: hash.bytes,
})

export const baseName = (path: string): string => path.split(/[/\\]/).findLast((part) => part !== '') ?? path

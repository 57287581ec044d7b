import { stat } from 'node:fs/promises'
import { compareKeys, nameKey } from '../../../../shared/compareNames'
import { splitNames, type SplitName } from '../../../../shared/datasets'
import type { InputSource } from '../inputSource'
import { WorkbenchError } from '../../../../shared/errors'
import { isImageName } from '../../../../shared/imageNames'
import type { Skipped } from '../../../../shared/importing'
import { splitOfWord } from '../../../../shared/splitOfName'
import { litterIn } from '../../../../shared/litter'
import { foreignFormat } from '../../../images/foreign'
import { imageFormat } from '../../../images/structure/formats'
import { checkExamples } from '../../limits'
import { unreadable, withInputFile } from '../inputFile'
import { SkippedFiles } from './skippedFiles'
import { reasons, tooDeep, walkFolder, type Found } from './walk'

/** An image file to import. */
export interface ImageEntry {
  source: InputSource
  /** The folder that names its class; '' where there is none. */
  folder: string
  /** By the folder above: train/, valid/ or test/; null where folders are no splits. */
  split: SplitName | null
}

export interface ImageEntries {
  /** In natural order of their splits, folders and names. */
  entries: ImageEntry[]
  skipped: Skipped[]
}

/** By characters, folder by folder, as Python's sorted() has it: img10 before img2. */
export function plainOrder(a: ImageEntry, b: ImageEntry): number {
  const [first, second] = [a, b].map(({ folder, source }) => [folder, source.name])
  return splitOrder(a, b) || byCharacters(first[0], second[0]) || byCharacters(first[1], second[1])
}

const byCharacters = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const splitOrder = (a: ImageEntry, b: ImageEntry): number =>
  a.split === null || b.split === null ? 0 : splitNames.indexOf(a.split) - splitNames.indexOf(b.split)

/**
 * The image files of folders and single files: one sub-folder a class, or none; below train/, valid/ and test/ where the
 * folders are called so. What is no image is left out and said.
 * @throws FILE_UNREADABLE, FOLDER_EMPTY, FOLDER_DEEP, FOLDER_MIXED
 */
export async function imageEntries(sources: readonly InputSource[], signal?: AbortSignal): Promise<ImageEntries> {
  const found: Found[] = []
  const skipped = new SkippedFiles()
  let root: number | null = null
  for (const source of sources) {
    const folders = parts(source.name)
    const litter = litterIn(source.name)
    if ('path' in source.content && (await isFolder(source))) {
      if (sources.length === 1) root = folders.length
      await walkFolder({ name: source.name, path: source.content.path }, folders, found, skipped, signal)
    } else if (litter === null) found.push({ source, folders: folders.slice(0, -1) })
    else skipped.add(litter, reasons.litter)
    checkExamples(found.length, source.name)
  }
  const images: Found[] = []
  for (const one of found) {
    signal?.throwIfAborted()
    if (await mayBeImage(one.source)) images.push(one)
    else skipped.add(parts(one.source.name).at(-1) ?? one.source.name, reasons.noImage)
  }
  if (images.length === 0) throw noImages(sources[0].name, skipped.all)
  return { entries: sorted(laidOut(images, root)), skipped: skipped.all }
}

const parts = (name: string): string[] => name.split(/[/\\]/).filter((part) => part !== '' && part !== '.')

/** @throws FILE_UNREADABLE */
export async function isFolder({ name, content }: InputSource): Promise<boolean> {
  if (!('path' in content)) return false
  return (
    await stat(content.path).catch((cause: NodeJS.ErrnoException) => {
      throw unreadable(name, cause)
    })
  ).isDirectory()
}

const headBytes = 256

/** By its name; else by its first bytes. An image that cannot be read is one: it is told, not left out. */
async function mayBeImage(source: InputSource): Promise<boolean> {
  if (isImageName(source.name)) return true
  try {
    const head = await withInputFile(source, ({ read }) => read(0, headBytes))
    return imageFormat(head) !== null || foreignFormat(head) !== ''
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'FILE_EMPTY') return false
    throw error
  }
}

/** @param root how many outer folders lead to the one that was given; null where files were given by themselves */
function laidOut(found: readonly Found[], root: number | null): ImageEntry[] {
  const all = found.map(({ folders }) => folders)
  const strip = root === null ? commonLength(all) : root + sharedAbove(all, root)
  const bySplit = all.every((folders) => splitOf(folders[strip]) !== null)
  const entries = found.map(({ source, folders }) => {
    const [split, ...within] = bySplit ? folders.slice(strip) : ['', ...folders.slice(strip)]
    if (within.length > 1) throw tooDeep(source.name)
    return { source, folder: within[0] ?? '', split: bySplit ? splitOf(split) : null }
  })
  checkFolders(entries)
  return entries
}

const splitOf = (folder: string | undefined): SplitName | null => splitOfWord(folder ?? '')

/** How many outer folders all files have in common. */
function commonLength(all: readonly string[][]): number {
  const [first = []] = all
  const differs = first.findIndex((folder, level) => all.some((folders) => folders[level] !== folder))
  return differs < 0 ? first.length : differs
}

/** Folders below the given one that hold nothing but a folder: the last one is a class, or a split. */
function sharedAbove(all: readonly string[][], root: number): number {
  const below = all.map((folders) => folders.slice(root))
  const shared = Math.min(commonLength(below), Math.min(...below.map(({ length }) => length)) - 1)
  const split = below[0].findIndex((folder) => splitOf(folder) !== null)
  return Math.max(0, split < 0 ? shared : Math.min(shared, split))
}

function sorted(entries: readonly ImageEntry[]): ImageEntry[] {
  const keyed = entries.map((entry) => ({ entry, folder: nameKey(entry.folder), name: nameKey(entry.source.name) }))
  return keyed
    .sort(
      (a, b) =>
        splitOrder(a.entry, b.entry) ||
        (a.entry.folder === b.entry.folder ? 0 : compareKeys(a.folder, b.folder)) ||
        compareKeys(a.name, b.name),
    )
    .map(({ entry }) => entry)
}

function checkFolders(entries: readonly ImageEntry[]): void {
  const stray = entries.find(({ folder }) => folder === '')
  if (stray === undefined || entries.every(({ folder }) => folder === '')) return
  throw refuse(
    'FOLDER_MIXED',
    stray.source.name,
    'It lies beside folders of classes and has no class',
    'Move it into the folder of its class; nothing was imported.',
  )
}

function noImages(where: string, skipped: readonly Skipped[]): WorkbenchError {
  const left = skipped.map(({ what, why }) => `${what}: ${why}`).join('; ')
  const message = left === '' ? 'There are no images in it' : `There are no images in it (left out: ${left})`
  return refuse('FOLDER_EMPTY', where, message, 'Choose another folder.')
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

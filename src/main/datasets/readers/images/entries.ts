import { compareNames } from '../../../../shared/compareNames'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceFile } from '../../../../shared/datasets'
import { WorkbenchError } from '../../../../shared/errors'
import { isLitter } from '../../../../shared/litter'
import { checkExamples } from '../../limits'
import { unreadable } from '../inputFile'

/** An image file to import, and the folder within the imported one that it lies in. */
export interface ImageEntry {
  source: SourceFile
  /** '' where it lies in the imported folder itself. */
  folder: string
}

/** Folders within folders that are looked into: one a class. */
const deepest = 2

/** As people count; names that count as equal by their characters. */
export const naturalOrder = (a: string, b: string): number => compareNames(a, b) || (a < b ? -1 : Number(a > b))

/** By characters, folder by folder, as Python's sorted() has it: img10 before img2. */
export function plainOrder(a: ImageEntry, b: ImageEntry): number {
  const [first, second] = [a, b].map(({ folder, source }) => [folder, source.name])
  return byCharacters(first[0], second[0]) || byCharacters(first[1], second[1])
}

const byCharacters = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

interface Found {
  source: SourceFile
  /** Folders above it, from the outermost that was given. */
  folders: string[]
}

/**
 * The image files of folders and single files, in natural order of their folders and names.
 * @throws FILE_UNREADABLE, FOLDER_EMPTY, FOLDER_DEEP, FOLDER_MIXED
 */
export async function imageEntries(sources: readonly SourceFile[], signal?: AbortSignal): Promise<ImageEntry[]> {
  const found: Found[] = []
  let root: number | null = null
  for (const source of sources) {
    const folders = parts(source.name)
    if (await isFolder(source)) {
      if (sources.length === 1) root = folders.length
      await listFolder(source, folders, 0, found, signal)
    } else if (!isLitter(folders[folders.length - 1])) found.push({ source, folders: folders.slice(0, -1) })
    checkExamples(found.length, source.name)
  }
  if (found.length === 0) {
    throw refuse('FOLDER_EMPTY', sources[0].name, 'There are no images in it', 'Choose another folder.')
  }
  const strip = root ?? commonLength(found.map(({ folders }) => folders))
  const entries = found.map(({ source, folders }) => ({ source, folders: folders.slice(strip) }))
  checkFolders(entries)
  return entries
    .map(({ source, folders: [folder = ''] }) => ({ source, folder }))
    .sort((a, b) => naturalOrder(a.folder, b.folder) || naturalOrder(a.source.name, b.source.name))
}

const parts = (name: string): string[] => name.split(/[/\\]/).filter((part) => part !== '' && part !== '.')

/** @throws FILE_UNREADABLE */
export async function isFolder({ name, content }: SourceFile): Promise<boolean> {
  if ('bytes' in content) return false
  return (
    await stat(content.path).catch((cause: NodeJS.ErrnoException) => {
      throw unreadable(name, cause)
    })
  ).isDirectory()
}

async function listFolder(
  { name, content }: SourceFile,
  folders: string[],
  depth: number,
  found: Found[],
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted()
  const path = (content as { path: string }).path
  const listed = await readdir(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(name, cause)
  })
  const names = listed.filter((file) => !isLitter(file)).sort(naturalOrder)
  if (names.length === 0 && depth > 0) {
    throw refuse('FOLDER_EMPTY', name, 'There are no images in it', 'Take the folder out; nothing was imported.')
  }
  for (const file of names) {
    const source = { name: join(name, file), content: { path: join(path, file) } }
    if (await isFolder(source)) {
      if (depth + 1 === deepest) throw tooDeep(source.name)
      await listFolder(source, [...folders, file], depth + 1, found, signal)
    } else found.push({ source, folders })
  }
}

/** How many outer folders all files have in common. */
function commonLength(all: readonly string[][]): number {
  const [first = []] = all
  const differs = first.findIndex((folder, level) => all.some((folders) => folders[level] !== folder))
  return differs < 0 ? first.length : differs
}

function checkFolders(entries: readonly Found[]): void {
  const deep = entries.find(({ folders }) => folders.length >= deepest)
  if (deep !== undefined) throw tooDeep(deep.source.name)
  const stray = entries.find(({ folders }) => folders.length === 0)
  if (stray === undefined || entries.every(({ folders }) => folders.length === 0)) return
  throw refuse(
    'FOLDER_MIXED',
    stray.source.name,
    'It lies beside folders of classes and has no class',
    'Move it into the folder of its class; nothing was imported.',
  )
}

const tooDeep = (name: string): WorkbenchError =>
  refuse(
    'FOLDER_DEEP',
    name,
    'It lies in a folder within a folder',
    'Give a folder with one sub-folder a class; test images apart (--test-path).',
  )

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

import { lstat, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { compareNames } from '../../../../shared/compareNames'
import type { InputSource } from '../inputSource'
import { WorkbenchError } from '../../../../shared/errors'
import { isLitter } from '../../../../shared/litter'
import { checkExamples } from '../../limits'
import { unreadable } from '../inputFile'
import type { SkippedFiles } from './skippedFiles'

/** A file below a folder. */
export interface Found {
  source: InputSource
  /** Folders above it, from the outermost that was given. */
  folders: string[]
}

/** Folders within folders that are looked into: a split, a class, and some around them. */
const deepest = 8

export const reasons = {
  litter: 'left by a system',
  link: 'a link that leads out of the folder',
  loop: 'a link that goes in a circle',
  noImage: 'no image',
}

/** What is the same for a whole folder that was given. */
interface Walk {
  /** Its real path: links may not leave it. */
  root: string
  found: Found[]
  skipped: SkippedFiles
  signal: AbortSignal | undefined
}

/**
 * All files below a folder, in natural order, without what systems leave there. Links are followed where they stay within
 * it and go in no circle.
 * @throws FILE_UNREADABLE, FOLDER_EMPTY for a folder without any file, FOLDER_DEEP
 */
export async function walkFolder(
  { name, path }: { name: string; path: string },
  folders: string[],
  found: Found[],
  skipped: SkippedFiles,
  signal?: AbortSignal,
): Promise<void> {
  const root = await realpath(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(name, cause)
  })
  await walk({ root, found, skipped, signal }, { name, path, real: root }, folders, [root])
}

interface Folder {
  name: string
  path: string
  real: string
}

/** @param above real paths of the folders that lead here, itself too */
async function walk(all: Walk, { name, path }: Folder, folders: string[], above: readonly string[]): Promise<void> {
  all.signal?.throwIfAborted()
  if (above.length > deepest) throw tooDeep(name)
  const listed = await readdir(path, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(name, cause)
  })
  const own = listed.filter((entry) => !isLitter(entry.name))
  for (const entry of listed) if (isLitter(entry.name)) all.skipped.add(entry.name, reasons.litter)
  if (own.length === 0 && above.length > 1) {
    const remedy = 'Take the folder out; nothing was imported.'
    throw new WorkbenchError('FOLDER_EMPTY', 'There are no images in it', { where: name, remedy })
  }
  for (const entry of own.sort((a, b) => compareNames(a.name, b.name))) {
    const within = { name: join(name, entry.name), path: join(path, entry.name) }
    let folder = entry.isDirectory()
    let real = folder ? join(above[above.length - 1], entry.name) : within.path
    if (entry.isSymbolicLink()) {
      const target = await linkTarget(within, all)
      if (target === null) continue
      ;({ folder, real } = target)
    }
    if (!folder) {
      all.found.push({ source: { name: within.name, content: { path: within.path } }, folders })
      checkExamples(all.found.length, name)
    } else if (above.includes(real)) all.skipped.add(within.name, reasons.loop)
    else await walk(all, { ...within, real }, [...folders, entry.name], [...above, real])
  }
}

/** Where a link leads, within the folder; null where it is left out. @throws FILE_UNREADABLE where nothing is there */
async function linkTarget(
  { name, path }: { name: string; path: string },
  { root, skipped }: Walk,
): Promise<{ folder: boolean; real: string } | null> {
  try {
    const real = await realpath(path)
    if (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      return { folder: (await lstat(real)).isDirectory(), real }
    }
    skipped.add(`${name} -> ${real}`, reasons.link)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ELOOP') throw unreadable(name, cause as NodeJS.ErrnoException)
    skipped.add(name, reasons.loop)
  }
  return null
}

export const tooDeep = (name: string): WorkbenchError =>
  new WorkbenchError('FOLDER_DEEP', 'It lies in a folder within a folder', {
    where: name,
    remedy: 'Give a folder with one sub-folder a class, or train/, valid/ and test/ with one a class.',
  })

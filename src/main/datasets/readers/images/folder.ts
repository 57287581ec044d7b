import { present } from '../../../../shared/present'
import { setImmediate } from 'node:timers/promises'
import { WorkbenchError } from '../../../../shared/errors'
import type { Work } from '../../work'
import type { RowSink } from '../reader'
import { naturalOrder, type ImageEntry } from './entries'
import { FilesHash } from './filesHash'
import { readImageRows, type ImageRow } from './imageRow'
import { SameSize } from './sameSize'

/** Decodes images one after the other. */
async function eachImage(
  entries: readonly ImageEntry[],
  work: Work,
  act: (row: ImageRow, entry: ImageEntry) => Promise<void>,
): Promise<FilesHash> {
  const size = new SameSize()
  const hash = new FilesHash()
  for (const [index, entry] of entries.entries()) {
    work.signal?.throwIfAborted()
    for await (const row of readImageRows(entry.source, work)) {
      size.check(entry.source.name, row.block.shape)
      if (row.frame === 0) hash.add(`${entry.folder}/${entry.source.name.split(/[/\\]/).at(-1)}`, row)
      await act(row, entry)
    }
    work.onProgress?.((index + 1) / entries.length)
    await setImmediate()
  }
  return hash
}

/** What image files hold, beside their rows. */
export interface ImagesRead {
  /** Names of the classes that labels count; null without labels. */
  classNames: string[] | null
  hash: FilesHash
}

/**
 * Images as examples: one sub-folder a class, or none and no labels.
 * @throws IMAGE_SIZE and what is wrong with an image
 */
export async function readFolder(entries: readonly ImageEntry[], sink: RowSink, work: Work): Promise<ImagesRead> {
  const names = [...new Set(entries.map(({ folder }) => folder))].sort(naturalOrder)
  const classNames = names.length === 1 && names[0] === '' ? null : names
  const label = new Map(names.map((name, index) => [name, index]))
  const hash = await eachImage(entries, work, async ({ block }, { folder }) => {
    await sink.pixels('x', block)
    if (classNames !== null) sink.labels([present(label.get(folder))])
  })
  return { classNames, hash }
}

/**
 * Consecutive images of a folder, or of one file that holds several, as pairs: the first and the second, the second and
 * the third. No pair crosses from one folder or from one such file to the next.
 * @throws FRAMES_FEW, IMAGE_SIZE and what is wrong with an image
 */
export async function readFrames(entries: readonly ImageEntry[], sink: RowSink, work: Work): Promise<ImagesRead> {
  let before: { row: ImageRow; film: string } | null = null
  let pairs = 0
  const hash = await eachImage(entries, work, async (row, { folder, source }) => {
    const film = row.frames > 1 ? source.name : `${folder}/`
    if (before?.film === film) {
      await sink.pixels('x', before.row.block)
      await sink.pixels('y', row.block)
      pairs++
    }
    before = { row, film }
  })
  if (pairs > 0) return { classNames: null, hash }
  throw new WorkbenchError('FRAMES_FEW', 'No folder holds two images: there are no pairs of consecutive ones', {
    where: entries[0].source.name,
    remedy: 'Give a folder of frames.',
  })
}

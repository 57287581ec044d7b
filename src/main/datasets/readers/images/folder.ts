import { present } from '../../../../shared/present'
import { setImmediate } from 'node:timers/promises'
import { WorkbenchError } from '../../../../shared/errors'
import type { Work } from '../../work'
import { compareNames } from '../../../../shared/compareNames'
import type { PartSink } from '../reader'
import type { ImageEntry } from './entries'
import { FilesHash } from './filesHash'
import { readImageRows, type ImageRow } from './imageRow'
import { SameSize } from './sameSize'

const baseName = ({ source }: ImageEntry): string => source.name.split(/[/\\]/).at(-1) ?? source.name

/** With its class, as tables of labels name it. */
const pathOf = (entry: ImageEntry): string => (entry.folder === '' ? '' : `${entry.folder}/`) + baseName(entry)

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
      if (row.frame === 0)
        hash.add(`${entry.split === null ? '' : `${entry.split}/`}${entry.folder}/${baseName(entry)}`, row)
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
  /** Of single images, in their order; null of pairs. */
  names: string[] | null
  hash: FilesHash
}

/**
 * Images as examples, each in the part of its split: one sub-folder a class, or none and no labels.
 * @throws IMAGE_SIZE and what is wrong with an image
 */
export async function readFolder(entries: readonly ImageEntry[], sink: PartSink, work: Work): Promise<ImagesRead> {
  const folders = [...new Set(entries.map(({ folder }) => folder))].sort(compareNames)
  const classNames = folders.length === 1 && folders[0] === '' ? null : folders
  const label = new Map(folders.map((name, index) => [name, index]))
  const names: string[] = []
  const hash = await eachImage(entries, work, async (row, entry) => {
    const rows = sink.part(entry.split)
    await rows.pixels('x', row.block)
    if (classNames !== null) rows.labels([present(label.get(entry.folder))])
    names.push(row.frames === 1 ? pathOf(entry) : `${pathOf(entry)}, no. ${row.frame + 1}`)
  })
  return { classNames, names, hash }
}

/**
 * Consecutive images of a folder, or of one file that holds several, as pairs: the first and the second, the second and
 * the third. No pair crosses from one folder or from one such file to the next.
 * @throws FRAMES_FEW, IMAGE_SIZE and what is wrong with an image
 */
export async function readFrames(entries: readonly ImageEntry[], sink: PartSink, work: Work): Promise<ImagesRead> {
  let before: { row: ImageRow; film: string } | null = null
  let pairs = 0
  const hash = await eachImage(entries, work, async (row, { split, folder, source }) => {
    const film = row.frames > 1 ? source.name : `${split ?? ''}/${folder}/`
    if (before?.film === film) {
      const rows = sink.part(split)
      await rows.pixels('x', before.row.block)
      await rows.pixels('y', row.block)
      pairs++
    }
    before = { row, film }
  })
  if (pairs > 0) return { classNames: null, names: null, hash }
  throw new WorkbenchError('FRAMES_FEW', 'No folder holds two images: there are no pairs of consecutive ones', {
    where: entries[0].source.name,
    remedy: 'Give a folder of frames.',
  })
}

import { setImmediate } from 'node:timers/promises'
import type { InputSource } from '../inputSource'
import { WorkbenchError } from '../../../../shared/errors'
import { compareNames } from '../../../../shared/compareNames'
import { decodeText } from '../../../../shared/imageList/divide'
import {
  imageListKind,
  largestList,
  readImageList,
  type ImageListKind,
  type ImageListRow,
} from '../../../../shared/imageList/imageList'
import { finderAmong } from '../../../../shared/imageList/paths'
import { present } from '../../../../shared/present'
import type { Work } from '../../work'
import type { InputFile } from '../inputFile'
import type { RowSink } from '../reader'
import { isText } from '../textHead'
import { FilesHash } from './filesHash'
import { readImageRow } from './imageRow'
import { finderOnDisk } from './listedOnDisk'
import { SameSize } from './sameSize'

/** What a file lists, by its first bytes; null where it is no list of images. */
export const listKind = (head: Uint8Array): ImageListKind | null =>
  isText(head) ? imageListKind(decodeText(head)) : null

/** Where the images of a list are: beside it on the disk, or among the files that came with it. */
type FindImage = (path: string, where: string) => Promise<InputSource>

function onDisk(list: string): FindImage {
  const find = finderOnDisk(list)
  return async (path) => ({ name: path, content: { path: await find(path) } })
}

function amongFiles(files: readonly InputSource[]): FindImage {
  const find = finderAmong(files, ({ name }) => name)
  return async (path, where) => {
    const file = find(path)
    if (file !== null) return file
    throw new WorkbenchError('PAIR_IMAGE', `${path} is not among the files`, {
      where,
      remedy: 'Give the images along with the list.',
    })
  }
}

export interface ListRead {
  kind: ImageListKind
  /** Names of the classes that labels count; null without labels. */
  classNames: string[] | null
  /** Names of single images, in their order; null of pairs. */
  names: string[] | null
  hash: FilesHash
  /** Columns that were not read. */
  ignored: string[]
}

/**
 * Images by a list: single ones, pairs, or images with labels, each named relative to the list. Labels are classes in the
 * order of their names, numbers by value.
 * @param images files that came along; none: the paths are on the disk
 * @throws LIST_EMPTY, LIST_HEADER, LIST_COLUMNS, LIST_LARGE, PAIR_ROW, PAIR_IMAGE, IMAGE_SIZE and what is wrong with an
 * image, with the line of the list
 */
export async function readListed(
  file: InputFile,
  images: readonly InputSource[],
  sink: RowSink,
  work: Work,
): Promise<ListRead> {
  if (file.size > largestList) {
    const remedy = 'Divide it, or give a folder; nothing was imported.'
    throw new WorkbenchError('LIST_LARGE', 'A list may have 64 MiB', { where: file.name, remedy })
  }
  const { kind, rows, ignored } = readImageList(decodeText(await file.read(0, file.size)), file.name)
  const fault = rows.find(({ error }) => error !== null)
  if (fault?.error != null) throw fault.error
  const find = images.length === 0 && file.path !== null ? onDisk(file.path) : amongFiles(images)
  const sizes = { x: new SameSize(), y: new SameSize() }
  const hash = new FilesHash()
  const classNames = namesOf(rows)
  const label = new Map(classNames?.map((name, index) => [name, index]))
  const read = async (array: 'x' | 'y', path: string, line: string): Promise<void> => {
    const where = `${line}, ${path}`
    const row = await readImageRow(await find(path, line), work, where)
    sizes[array].check(where, row.block.shape)
    hash.add(path, row)
    await sink.pixels(array, row.block)
  }
  for (const [index, { x, y, label: name, line }] of rows.entries()) {
    work.signal?.throwIfAborted()
    const where = `${file.name}, line ${line}`
    await read('x', x, where)
    if (y !== null) await read('y', y, where)
    if (name !== null) sink.labels([present(label.get(name))])
    work.onProgress?.((index + 1) / rows.length)
    await setImmediate()
  }
  return { kind, classNames, names: kind === 'pairs' ? null : rows.map(({ x }) => x), hash, ignored }
}

function namesOf(rows: readonly ImageListRow[]): string[] | null {
  const names = rows.flatMap(({ label }) => (label === null ? [] : [label]))
  return names.length === 0 ? null : [...new Set(names)].sort(compareNames)
}

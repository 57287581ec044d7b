import { compareNames } from '../../../../../shared/compareNames'
import { toErrorData, WorkbenchError, type ErrorData } from '../../../../../shared/errors'
import { decodeText } from '../../../../../shared/imageList/divide'
import { imageListKind, largestList, readImageList, type ImageListRow } from '../../../../../shared/imageList/imageList'
import { finderAmong } from '../../../../../shared/imageList/paths'
import { isLitter } from '../../../../../shared/litter'
import { relativeName } from '../../../api/sourceFile'

/** One image of a pair that was given: its file, or why there is none. */
export type GivenImage = { name: string; file: File } | { name: string; error: ErrorData }

export interface GivenPair {
  x: GivenImage
  /** null where models take one image. */
  y: GivenImage | null
}

/** What files come to: one pair (or image) for the slots, or a list. */
export type Given = { kind: 'pair'; x: File; y: File | null } | { kind: 'list'; name: string; pairs: GivenPair[] }

const headBytes = 64 * 1024

/** A table by its name; a text has to read like a list: it may as well be a note that was left there. */
async function isList(file: File): Promise<boolean> {
  if (/\.(csv|tsv)$/i.test(file.name)) return true
  if (!/\.(txt|lst)$/i.test(file.name)) return false
  return imageListKind(decodeText(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()))) !== null
}

const named = (file: File): GivenImage => ({ name: relativeName(file), file })

/** "shapes/a_x.png" is x of the pair "shapes/a"; null where the name tells no side. */
function sideOf(file: File): { pair: string; side: 'x' | 'y' } | null {
  const found = /^(.+)_([xy])(?:\.[^./\\]*)?$/i.exec(relativeName(file))
  return found === null ? null : { pair: found[1], side: found[2].toLowerCase() as 'x' | 'y' }
}

/**
 * Sorts what was given. A list names the pairs of the others; else `a_x.png` and `a_y.png` are a pair. One or two
 * images are for the slots, in their order unless their names tell the sides. Models of one image take each by itself.
 * @throws WorkbenchError LIST_EMPTY, LIST_HEADER, LIST_COLUMNS, LIST_LARGE
 */
export async function sortGiven(files: readonly File[], pairs: boolean): Promise<Given | null> {
  const kept = files.filter((file) => !isLitter(relativeName(file)))
  for (const file of kept) if (await isList(file)) return readList(file, kept, pairs)
  const [first, second] = kept
  if (first === undefined) return null
  if (second === undefined) return { kind: 'pair', x: first, y: null }
  if (kept.length === 2 && pairs) {
    const swapped = sideOf(first)?.side === 'y' && sideOf(second)?.side === 'x'
    return { kind: 'pair', x: swapped ? second : first, y: swapped ? first : second }
  }
  const name = nameOf(kept)
  const sorted = [...kept].sort((a, b) => compareNames(relativeName(a), relativeName(b)))
  if (!pairs) return { kind: 'list', name, pairs: sorted.map((file) => ({ x: named(file), y: null })) }
  return { kind: 'list', name, pairs: byNames(sorted) }
}

/** The folder that all of them lie in, else how many there are. */
function nameOf(files: readonly File[]): string {
  const folders = new Set(files.map((file) => relativeName(file).split('/').slice(0, -1)[0] ?? ''))
  const [folder] = folders
  return folders.size === 1 && folder ? folder : `${files.length.toLocaleString('en-US')} files`
}

function byNames(files: readonly File[]): GivenPair[] {
  const pairs = new Map<string, GivenPair>()
  for (const file of files) {
    const found = sideOf(file)
    if (found === null) {
      const alone = relativeName(file)
      pairs.set(`\0${alone}`, { x: named(file), y: refused(alone, 'Its name tells no pair') })
      continue
    }
    const { pair, side } = found
    const missing = (of: string) => refused(`${pair}_${of}`, 'It is not among the files')
    const other = pairs.get(pair) ?? { x: missing('x'), y: missing('y') }
    pairs.set(pair, { ...other, [side]: named(file) })
  }
  return [...pairs.values()]
}

function refused(name: string, message: string): GivenImage {
  const remedy = 'Name the files of a pair a_x.png and a_y.png, or give a list of pairs along, with the header x,y.'
  return { name, error: toErrorData(new WorkbenchError('PAIR_IMAGE', message, { where: name, remedy })) }
}

async function readList(list: File, files: readonly File[], pairs: boolean): Promise<Given> {
  if (list.size > largestList) {
    const remedy = 'Divide it.'
    throw new WorkbenchError('LIST_LARGE', 'A list may have 64 MiB', { where: list.name, remedy })
  }
  const { rows } = readImageList(decodeText(new Uint8Array(await list.arrayBuffer())), list.name, pairs)
  const images = files.filter((file) => file !== list)
  const find = imageFinder(images)
  return { kind: 'list', name: list.name, pairs: rows.map((row) => givenPair(row, list.name, pairs, find)) }
}

/** Paths of a list among the files that came along. */
function imageFinder(images: readonly File[]): (path: string, where: string) => GivenImage {
  const find = finderAmong(images, relativeName)
  return (path, where) => {
    const file = find(path)
    if (file !== null) return { name: path, file }
    const remedy = 'Give the images along with the list.'
    const error = new WorkbenchError('PAIR_IMAGE', `${path} is not among the files`, { where, remedy })
    return { name: path, error: toErrorData(error) }
  }
}

/** @param pairs models of one image leave the second one out */
function givenPair(
  { x, y, line, error }: ImageListRow,
  list: string,
  pairs: boolean,
  find: ReturnType<typeof imageFinder>,
): GivenPair {
  const where = `${list}, line ${line}`
  const fault = error ?? (pairs && y === null ? oneImage(where) : null)
  if (fault === null) return { x: find(x, where), y: y === null ? null : find(y, where) }
  const data = toErrorData(fault)
  return { x: { name: x, error: data }, y: pairs ? { name: y ?? '', error: data } : null }
}

const oneImage = (where: string): WorkbenchError =>
  new WorkbenchError('PAIR_ROW', 'The list names one image a line', {
    where,
    remedy: 'Models of pairs need two: give a list with the header x,y.',
  })

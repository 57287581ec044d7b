import { compareNames } from '../../../../../shared/compareNames'
import { toErrorData, WorkbenchError, type ErrorData } from '../../../../../shared/errors'
import { isLitter } from '../../../../../shared/litter'
import { relativeName } from '../../../api/sourceFile'
import { readPairNames, type ListedPair } from './pairList'

/** One image of a pair that was given: its file, or why there is none. */
export type GivenImage = { name: string; file: File } | { name: string; error: ErrorData }

export interface GivenPair {
  x: GivenImage
  /** null where models take one image. */
  y: GivenImage | null
}

/** What files come to: one pair (or image) for the slots, or a list. */
export type Given = { kind: 'pair'; x: File; y: File | null } | { kind: 'list'; name: string; pairs: GivenPair[] }

const isList = (file: File): boolean => /\.csv$/i.test(file.name)
const named = (file: File): GivenImage => ({ name: relativeName(file), file })

/** "shapes/a_x.png" is x of the pair "shapes/a"; null where the name tells no side. */
function sideOf(file: File): { pair: string; side: 'x' | 'y' } | null {
  const found = /^(.+)_([xy])(?:\.[^./\\]*)?$/i.exec(relativeName(file))
  return found === null ? null : { pair: found[1], side: found[2].toLowerCase() as 'x' | 'y' }
}

/**
 * Sorts what was given. A CSV file names the pairs of the others; else `a_x.png` and `a_y.png` are a pair. One or two
 * images are for the slots, in their order unless their names tell the sides. Models of one image take each by itself.
 * @throws WorkbenchError what is wrong with the CSV file
 */
export async function sortGiven(files: readonly File[], pairs: boolean): Promise<Given | null> {
  const kept = files.filter(({ name }) => !isLitter(name))
  const list = kept.find(isList)
  if (list !== undefined) {
    const images = kept.filter((file) => file !== list)
    return { kind: 'list', name: list.name, pairs: (await readPairNames(list, pairs)).map(findImages(images)) }
  }
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
  const remedy = 'Name the files of a pair a_x.png and a_y.png, or give a CSV file with the header x,y along.'
  return { name, error: toErrorData(new WorkbenchError('PAIR_IMAGE', message, { where: name, remedy })) }
}

/** Paths of a list among the files that came along: by folders and name, or by a name that only one has. */
function findImages(images: readonly File[]): (listed: ListedPair) => GivenPair {
  const plain = (path: string) => path.split(/[/\\]/).filter((part) => part !== '' && part !== '.')
  const byPath = new Map(images.map((file) => [plain(relativeName(file)).join('/'), file]))
  const byName = new Map<string, File | null>()
  for (const file of images) byName.set(file.name, byName.has(file.name) ? null : file)
  const find = (path: string, where: string): GivenImage => {
    const parts = plain(path)
    const file = byPath.get(parts.join('/')) ?? byName.get(parts.at(-1) ?? '')
    if (file) return { name: path, file }
    const remedy = 'Give the images along with the list.'
    const error = new WorkbenchError('PAIR_IMAGE', `${path} is not among the files`, { where, remedy })
    return { name: path, error: toErrorData(error) }
  }
  return ({ x, y, where, error }) => {
    if (error !== null) return { x: { name: x, error }, y: y === null ? null : { name: y, error } }
    return { x: find(x, where), y: y === null ? null : find(y, where) }
  }
}

import { isLabelWord } from '../columnNames'
import { WorkbenchError } from '../errors'
import { isImageName } from '../imageNames'

/** Words for the first and the second image of a pair, what is said beside them ("image", "path" ...) left out. */
const pairWords = [
  ['x', 'y'],
  ['left', 'right'],
  ['1', '2'],
  ['0', '1'],
  ['a', 'b'],
  ['x1', 'x2'],
  ['first', 'second'],
  ['source', 'target'],
  ['src', 'dst'],
  ['src', 'tgt'],
  ['input', 'output'],
  ['input', 'target'],
  ['in', 'out'],
  ['from', 'to'],
  ['before', 'after'],
  ['query', 'reference'],
  ['original', 'transformed'],
] as const
/** Words for the image where there is one; '' is "image", "file", "path" ... alone. */
const imageWords = ['', 'x', 'id']
/** What is said beside them. */
const beside = /(images?|imgs?|pictures?|photos?|frames?|files?|paths?|names?|fnames?|filenames?|filepaths?|uris?)/g

const wordOf = (cell: string): string => {
  const letters = cell.toLowerCase().replace(/[^a-z0-9]/g, '')
  return isLabelWord(letters) ? letters : letters.replace(beside, '')
}

/** Which columns are what. */
export interface ListColumns {
  x: number
  y: number | null
  label: number | null
}

/** Whether cells name columns that are known: of a pair, or of an image and its label. */
export function isListHeader(cells: readonly string[]): boolean {
  if (cells.some(isImageName)) return false
  const words = cells.map(wordOf)
  return (
    pairOf(words) !== null ||
    (words.some((word) => imageWords.includes(word)) && (words.length === 1 || words.some(isLabelWord)))
  )
}

function pairOf(words: readonly string[]): [x: number, y: number] | null {
  for (const [first, second] of pairWords) {
    const [x, y] = [words.indexOf(first), words.indexOf(second)]
    if (x >= 0 && y >= 0) return [x, y]
  }
  return null
}

/**
 * The columns by a header's words, and by whether their cells are called like images.
 * @param images share of each column's cells that are
 * @throws LIST_HEADER
 */
export function columnsByHeader(header: readonly string[], images: readonly number[], where: string): ListColumns {
  const words = header.map(wordOf)
  const named = [...images.keys()].filter((column) => images[column] > 0.5)
  const pair = pairOf(words)
  // "input,target" may also be an image and its label: the cells tell. Under x,y there are pairs.
  const labelled = pair !== null && named.length === 1 && named[0] === pair[0] && words[pair[1]] === 'target'
  if (pair !== null && !labelled) return { x: pair[0], y: pair[1], label: null }
  const [x] = named.length === 1 ? named : [...words.keys()].filter((column) => imageWords.includes(words[column]))
  if (named.length > 1 || x === undefined) throw unknownHeader(header, where)
  const label = [...words.keys()].find((column) => column !== x && isLabelWord(words[column])) ?? null
  if (label !== null || header.length <= 2) return { x, y: null, label: label ?? (header.length === 2 ? 1 - x : null) }
  throw unknownHeader(header, where)
}

/** @throws LIST_HEADER where there are more than two columns */
export function columnsByCells(images: readonly number[], where: string): ListColumns {
  if (images.length === 1) return { x: 0, y: null, label: null }
  if (images.length > 2) throw unknownHeader(null, where, images.length)
  return images[1] > 0.5 ? { x: 0, y: 1, label: null } : { x: 0, y: null, label: 1 }
}

const unknownHeader = (header: readonly string[] | null, where: string, columns?: number): WorkbenchError =>
  new WorkbenchError(
    'LIST_HEADER',
    header === null
      ? `${columns} columns and no header: which of them are the images is not known`
      : `The header ${header.join(',')} is not known`,
    {
      where,
      remedy:
        'Call the columns x and y (or left and right, image1 and image2, source and target, a and b), or file and label.',
    },
  )

import type { ImageShape, SourceFile } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { NumericArray } from './npy'
import { identify } from './readers/identify'
import { loadInputFile, type InputFile } from './readers/inputFile'
import type { FileArrays } from './readers/reader'
import type { Work } from './work'

/** Images or pairs out of files, checked to agree with each other; nothing is scaled yet. */
export interface Examples {
  format: string
  n: number
  /** Names of the file in errors. */
  where: string
  x: NumericArray
  shape: ImageShape
  /** Partners, for pairs. */
  y: NumericArray | null
  targetShape: ImageShape | null
  labels: NumericArray['data'] | null
  files: { name: string; sha256: string; bytes: number }[]
}

interface ReadFile extends FileArrays {
  file: InputFile
  format: string
}

/**
 * Reads the files of one set of examples: one with x; labels from it, from a file of labels among them, or from `labels`.
 * @param shape height and width of flat rows
 * @throws FORMAT_UNKNOWN and the readers' errors, IMPORT_FILES, LABELS_COUNT, SHAPE_NEEDED, SHAPE_MISMATCH
 */
export async function readExamples(
  files: readonly SourceFile[],
  labels: SourceFile | undefined,
  shape: ImageShape | undefined,
  work: Work,
): Promise<Examples> {
  const read: ReadFile[] = []
  for (const source of labels === undefined ? files : [...files, labels]) read.push(await readFile(source, work))
  const images = read.filter(({ x }) => x !== null)
  const partners = read.filter(({ y }) => y !== null)
  const [image, second] = images
  if (image?.x == null) throw filesError(read[0]!.file.name, 'There are labels and no images', 'Give the images too.')
  if (second !== undefined || partners.length > 1) {
    const [one, other] = second === undefined ? partners : images
    const what = second === undefined ? 'labels' : 'images'
    throw filesError(other!.file.name, `${one!.file.name} has ${what} already`, 'Import one file of each at a time.')
  }
  const { name } = image.file
  const n = rowCount(image.x, name, 'x')
  const partner = partners[0]
  return {
    format: image.format,
    n,
    where: name,
    x: image.x,
    shape: shapeOf(image.x, shape, name, 'x'),
    ...(partner?.y == null ? noPartner : partnerOf(partner.y, n, shape, partner.file.name)),
    files: read.map(({ file }) => ({ name: baseName(file.name), sha256: file.sha256, bytes: file.bytes.length })),
  }
}

const noPartner = { y: null, targetShape: null, labels: null }

async function readFile(source: SourceFile, { signal }: Work): Promise<ReadFile> {
  const file = await loadInputFile(source, signal)
  const reader = identify(file)
  return { file, format: reader.format, ...(await reader.read(file, signal)) }
}

const baseName = (path: string): string => path.split(/[/\\]/).at(-1)!

function partnerOf(y: NumericArray, n: number, shape: ImageShape | undefined, where: string) {
  const isLabels = y.shape.length === 1
  const count = rowCount(y, where, 'y')
  if (count !== n) {
    const [found, wanted] = [count, n].map((rows) => rows.toLocaleString('en-US'))
    throw new WorkbenchError('LABELS_COUNT', `${found} ${isLabels ? 'labels' : 'partners'} for ${wanted} images`, {
      where,
      remedy: 'Give one for each image; nothing was imported.',
    })
  }
  if (isLabels) return { y: null, targetShape: null, labels: y.data }
  const width = y.data.length / n
  const fitting = shape !== undefined && shape[0] * shape[1] === width ? shape : undefined
  return { y, targetShape: shapeOf(y, fitting, where, 'y'), labels: null }
}

function rowCount(array: NumericArray, where: string, name: string): number {
  if (array.data.length === 0 || array.shape.length === 0) {
    throw new WorkbenchError('NO_EXAMPLES', `${name} is empty`, { where, remedy: 'Choose another file.' })
  }
  return array.shape[0]!
}

/** Height and width: of the array, as said, or of a square. */
function shapeOf({ shape }: NumericArray, wanted: ImageShape | undefined, where: string, name: string): ImageShape {
  const [, second, third] = shape
  if (shape.length === 3) {
    if (wanted !== undefined && (wanted[0] !== second || wanted[1] !== third)) {
      throw shapeError(
        'SHAPE_MISMATCH',
        where,
        `The images are ${second}x${third}, not ${wanted.join('x')}`,
        'Leave out the shape.',
      )
    }
    return [second!, third!]
  }
  if (shape.length !== 2) {
    throw shapeError('SHAPE_AXES', where, `${name} has ${shape.length} axes`, 'Give [N, D] or [N, height, width].')
  }
  if (wanted !== undefined) {
    if (wanted[0] * wanted[1] === second) return wanted
    throw shapeError(
      'SHAPE_MISMATCH',
      where,
      `Rows of ${second} values are not ${wanted.join('x')} pixels`,
      'Correct the shape.',
    )
  }
  const side = Math.round(Math.sqrt(second!))
  if (side * side === second) return [side, side]
  throw shapeError(
    'SHAPE_NEEDED',
    where,
    `Rows of ${second} values are no square`,
    'Say their height and width (--shape HxW).',
  )
}

const shapeError = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

const filesError = (where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError('IMPORT_FILES', message, { where, remedy })

import { WorkbenchError } from '../../shared/errors'

/** What an import takes: a file may promise anything, and memory and disk are finite. */

/** Most pixels of an example: 2048 x 2048. A model has a row of weights as long. */
const mostPixels = 4_194_304
/** Most examples of a dataset. */
const mostExamples = 10_000_000
/** Most bytes of pixels of one array, as they are kept. */
export const mostBytes = 2 * 1024 ** 3

/** A model is trained for each class: more distinct labels than this are measurements, not classes. */
export const mostClasses = 1000

const counted = (value: number): string => value.toLocaleString('en-US')

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

/** @throws SHAPE_TOO_LARGE */
export function checkPixels(shape: readonly number[], where: string): void {
  const pixels = shape.reduce((product, size) => product * size, 1)
  if (pixels <= mostPixels) return
  throw refuse(
    'SHAPE_TOO_LARGE',
    where,
    `An example of ${shape.join('x')} pixels is too large`,
    `Up to ${counted(mostPixels)} pixels can be imported: make the images smaller.`,
  )
}

/** @throws EXAMPLES_MANY */
export function checkExamples(count: number, where: string): void {
  if (count <= mostExamples) return
  throw refuse(
    'EXAMPLES_MANY',
    where,
    `More than ${counted(mostExamples)} examples`,
    'Divide the file; nothing was imported.',
  )
}

/** @throws DATASET_TOO_LARGE */
export function checkBytes(bytes: number, where: string): void {
  if (bytes <= mostBytes) return
  throw refuse(
    'DATASET_TOO_LARGE',
    where,
    `More than ${counted(mostBytes)} bytes of pixels`,
    'Divide the file, or save smaller images; nothing was imported.',
  )
}

export const tooManyLabels = (where: string): WorkbenchError =>
  refuse('LABELS_MANY', where, `More than ${mostClasses} distinct labels`, 'Give a class as label.')

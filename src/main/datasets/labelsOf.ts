import type { MeaningOptions } from '../../shared/importing'
import { WorkbenchError } from '../../shared/errors'
import { ambiguous } from './ambiguous'
import type { Labels } from './labels'
import { baseName, type ReadSource } from './readSources'

/** Labels of a source, and where they stood; null where its second array is one of images. */
export function labelsOf(
  { rows, facts }: ReadSource,
  xWidth: number,
  { kind }: MeaningOptions,
  alone: boolean,
): Labels | null {
  const { where, y, classes, yLabels } = rows
  if (classes !== null) {
    const names = classes.names ?? facts.classNames
    const { values } = classes
    checkRange(values, facts.classNames, where)
    return { where, values, names, from: facts.labelsFrom ?? 'the file' }
  }
  if (y === null || kind === 'pairs' || facts.shapes?.y != null) return null
  const { found } = yLabels
  const wanted = alone || kind !== undefined
  if (found === null) {
    if (!wanted) return null
    throw new WorkbenchError('LABELS_SHAPE', `Rows of ${y.width} numbers are neither one label each nor one-hot`, {
      where,
      remedy: alone
        ? 'Give one label for each image.'
        : 'Give [N] or [N, 1] labels, or one-hot ones; for partners --kind pairs.',
    })
  }
  if (!wanted && y.width > 1 && y.width === xWidth) {
    throw ambiguous(
      where,
      `y is one-hot, and as wide as x: labels of ${y.width} classes, or images of one white pixel`,
      ['--kind labelled', '--kind pairs'],
    )
  }
  return { where, values: found.values, names: null, from: `${facts.labelsFrom ?? 'array y'}, ${found.how}` }
}

function checkRange(values: Float64Array, names: readonly string[] | null, where: string): void {
  const wrong = names === null ? undefined : values.find((value) => names[value] === undefined)
  if (wrong === undefined) return
  throw new WorkbenchError('LABELS_RANGE', `Label ${wrong} names none of its ${names?.length} classes`, {
    where,
    remedy: 'Correct it, or leave the names out (meta).',
  })
}

/**
 * Labels of a file of their own in the order of the images: by the names that it gives, else in the order that is said.
 * @throws AMBIGUOUS, LABELS_ORDER
 */
export function inOrderOf(
  labels: Labels,
  keys: readonly string[] | null,
  images: ReadSource,
  order: MeaningOptions['order'],
): Labels {
  const { names } = images.facts
  if (keys === null) {
    if (names !== null && order === undefined && !sameInBothOrders(names)) {
      const [first] = names
      throw ambiguous(
        labels.where,
        `Its labels are in an order that it does not say: of the file names as people count, or by characters (${first}, ...)`,
        ['--order natural (img2 before img10)', '--order plain (img10 before img2)'],
      )
    }
    return names === null ? labels : { ...labels, from: `${labels.from}, in the order of the file names` }
  }
  if (names === null) {
    throw new WorkbenchError('LABELS_ORDER', `Its labels are named (${keys[0]}, ...), the images are not`, {
      where: labels.where,
      remedy: 'Leave that column out if the labels are in the order of the images.',
    })
  }
  const rows = new Map(keys.map((key, row) => [plainName(key), row]))
  const stems = new Map(keys.map((key, row) => [stem(plainName(key)), row]))
  const values = Float64Array.from(names, (name) => {
    const row = rows.get(name) ?? rows.get(baseName(name)) ?? stems.get(stem(baseName(name)))
    if (row !== undefined) return labels.values[row]
    throw new WorkbenchError('LABELS_ORDER', `${name} has no label`, {
      where: labels.where,
      remedy: 'Add it, or take the image out; nothing was imported.',
    })
  })
  return { ...labels, values, from: `${labels.from}, by the name of the image` }
}

/** @param names in the order in which they were read */
function sameInBothOrders(names: readonly string[]): boolean {
  const sorted = names.toSorted((a, b) => (a < b ? -1 : Number(a > b)))
  return names.every((name, at) => name === sorted[at])
}

const plainName = (path: string): string => path.replaceAll('\\', '/').replace(/^\.\//, '')
const stem = (name: string): string => baseName(name).replace(/\.[^.]+$/, '')

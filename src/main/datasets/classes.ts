import { WorkbenchError } from '../../shared/errors'

/** A model is trained for each class: more distinct labels than this are measurements, not classes. */
const mostClasses = 1000

/**
 * Class names in label order: the distinct values, ascending. 0..C-1 stand for themselves; others are counted through
 * and keep their value as a name.
 * @param labels of every file of one dataset
 * @throws LABELS_NOT_WHOLE, LABELS_MANY
 */
export function classesOf(labels: readonly (readonly [where: string, values: ArrayLike<number>])[]): number[] {
  const distinct = new Set<number>()
  for (const [where, values] of labels) {
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!
      if (!Number.isSafeInteger(value)) {
        throw refuse(
          'LABELS_NOT_WHOLE',
          where,
          `Label ${value} of row ${row} is no whole number`,
          'Number the classes.',
        )
      }
      distinct.add(value)
    }
    if (distinct.size > mostClasses) {
      throw refuse('LABELS_MANY', where, `More than ${mostClasses} distinct labels`, 'Give a class as label.')
    }
  }
  return [...distinct].sort((a, b) => a - b)
}

/** Labels as indices of classes. */
export function labelIndices(values: ArrayLike<number>, classes: readonly number[]): Int32Array {
  const index = new Map(classes.map((value, position) => [value, position]))
  return Int32Array.from(values, (value) => index.get(value)!)
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

import { compareNames } from '../../shared/compareNames'
import { present } from '../../shared/present'
import { WorkbenchError } from '../../shared/errors'
import type { Labels } from './labels'
import { mostClasses, tooManyLabels } from './limits'

/**
 * Class names in label order: the distinct values, ascending, or the names of folders in natural order. 0..C-1 stand for
 * themselves; others are counted through and keep their value as a name.
 * @param labels of every file of one dataset
 * @throws LABELS_NOT_WHOLE, LABELS_MANY
 */
export function classesOf(labels: readonly Labels[]): string[] {
  const distinct = new Set<string>()
  for (const set of labels) {
    for (const value of distinctValues(set)) distinct.add(nameOf(set, value))
    if (distinct.size > mostClasses) throw tooManyLabels(set.where)
  }
  const names = [...distinct]
  if (labels.every((set) => set.names === null)) return names.sort((a, b) => Number(a) - Number(b))
  return names.sort(compareNames)
}

function distinctValues({ where, values }: Labels): Set<number> {
  const distinct = new Set<number>()
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (!Number.isSafeInteger(value)) {
      const message = `Label ${value} of row ${row} is no whole number`
      throw refuse('LABELS_NOT_WHOLE', where, message, 'Number the classes.')
    }
    distinct.add(value)
    if (distinct.size > mostClasses) throw tooManyLabels(where)
  }
  return distinct
}

const nameOf = ({ names }: Labels, value: number): string => (names === null ? String(value) : names[value])

/** Labels as indices of classes. */
export function labelIndices(labels: Labels, classes: readonly string[]): Int32Array {
  const index = new Map(classes.map((name, position) => [name, position]))
  const byValue = new Map(
    [...new Set(labels.values)].map((value) => [value, present(index.get(nameOf(labels, value)))]),
  )
  return Int32Array.from(labels.values, (value) => present(byValue.get(value)))
}

const refuse = (code: string, where: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where, remedy })

import { WorkbenchError } from '../../shared/errors'

export interface ClassMatch {
  matched: 'by name' | 'by position'
  /** For each class of the set, the class of the model. */
  map: number[]
}

/** 0, 1, 2 .. or class_0, label 1 ..: counted through, not named. */
const isCounted = (names: readonly string[]): boolean => names.every((name) => /^(class|label)?[ _-]?\d+$/i.test(name))

const listed = (names: readonly string[]): string =>
  names.length <= 20 ? names.join(', ') : `${names.slice(0, 20).join(', ')} .. (${names.length})`

/**
 * Which class of a model each class of a set is: by name; by position where one side only counts its classes.
 * @param model names in the order of its scores; null where it knows none
 * @param count classes of the model
 * @param set names of the set in label order
 * @param where the set, for errors
 * @throws WorkbenchError CLASSES_MISMATCH
 */
export function matchClasses(
  model: readonly string[] | null,
  count: number,
  set: readonly string[],
  where: string,
): ClassMatch {
  const byName = model === null ? null : set.map((name) => model.indexOf(name))
  if (byName?.every((index) => index >= 0) === true) return { matched: 'by name', map: byName }
  const counts = { model: model === null || isCounted(model), set: isCounted(set) }
  // Where both count, their numbers are their names: 10 of a set may be 0 of another.
  const positions = model === null || counts.model !== counts.set
  if (positions && set.length === count) return { matched: 'by position', map: set.map((_, index) => index) }
  const own = model === null ? `${count} classes without names` : `classes ${listed(model)}`
  throw new WorkbenchError('CLASSES_MISMATCH', `The classifier knows ${own}; the set has ${listed(set)}`, {
    where,
    remedy: 'Import the set with the class names that the classifier was trained on.',
  })
}

import type { Dataset } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { RunSpec } from '../../shared/spec/schema'
import { openDatasetFile } from '../datasets/datasetFile'

/**
 * Each model of a classifier stops by the validation images of its class: that one has none is told before anything is
 * trained.
 * @param path of the dataset's file
 * @throws CLASS_EMPTY
 */
export async function checkValidationClasses(
  spec: RunSpec,
  { name, classes }: Pick<Dataset, 'name' | 'classes'>,
  path: string,
): Promise<void> {
  if (spec.classifier === undefined || spec.earlyStopping === null || classes === null) return
  const labels = new Set(await (await openDatasetFile(path)).labels('valid'))
  // A split without any image has its own words.
  const missing = labels.size === 0 ? [] : classes.filter((_, index) => !labels.has(index))
  if (missing.length === 0) return
  throw new WorkbenchError(
    'CLASS_EMPTY',
    `No validation image of ${missing.length === 1 ? 'class' : 'classes'} ${missing.slice(0, 5).join(', ')}: its model stops by them`,
    { where: name, remedy: 'Import the data with more validation images, or set earlyStopping to null.' },
  )
}

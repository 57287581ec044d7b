import type { Dataset } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { RunSpec } from '../../shared/spec/schema'
import type { FreshData } from '../../shared/trainer'
import type { Store } from '../store/store'

/**
 * What a trainer needs to draw fresh examples for each epoch; null where the spec asks for none.
 * @throws SOURCE_MISSING where the dataset that the recipe varies is gone or in the bin
 */
export async function freshDataOf(
  spec: RunSpec,
  { recipe, name }: Dataset,
  datasets: Store['datasets'],
): Promise<FreshData | null> {
  if (!spec.fresh || recipe.kind !== 'generated') return null
  const { source } = recipe
  if (source === null) return { recipe, sourcePath: null }
  const found = (await datasets.list({ inBin: false })).find(({ hash }) => hash === source.hash)
  if (found !== undefined) return { recipe, sourcePath: datasets.path(found) }
  throw new WorkbenchError(
    'SOURCE_MISSING',
    `Fresh examples of ${name} need the images of ${source.name}, which is gone`,
    {
      where: name,
      remedy: `Restore ${source.name} from the bin, or set fresh to false.`,
      exit: 1,
    },
  )
}

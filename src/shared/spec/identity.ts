import type { Dataset } from '../datasets'
import { canonical } from './paths'
import type { RunSpec } from './schema'

/**
 * What two runs share that are the same but for chance: the spec without its seed, and made data by how it is made,
 * without its seed; imported data by its content.
 * @param dataset null where it is no longer known: its name stands for it
 */
export function identityOf(
  { seed: _start, dataset: name, ...spec }: RunSpec,
  dataset: Pick<Dataset, 'hash' | 'recipe'> | null,
): string {
  return canonical({ ...spec, dataset: dataset === null ? name : dataOf(dataset) })
}

function dataOf({ hash, recipe }: Pick<Dataset, 'hash' | 'recipe'>): unknown {
  if (recipe.kind === 'imported') return hash
  const { generator, counts, options, source } = recipe
  return { generator, counts, options, source: source?.hash ?? null }
}

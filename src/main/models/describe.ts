import { WorkbenchError } from '../../shared/errors'
import { kindsFor, takesPairs } from '../../shared/kinds'
import type { ModelDescription } from '../../shared/model'
import type { ModelSettings, ModelSpec } from '../../shared/spec/schema'

/**
 * A model of a spec that fits images of given sizes.
 * @param inputs pixels of x @param targets pixels of y, null for single images
 * @throws SPEC_DATASET
 */
export function describeModel(spec: ModelSpec, inputs: number, targets: number | null): ModelDescription {
  const { kind, activation, visible, decoder } = spec
  if (takesPairs(kind) !== (targets !== null)) {
    const [wanted, found] = takesPairs(kind) ? ['pairs', 'single images'] : ['single images', 'pairs']
    throw new WorkbenchError('SPEC_DATASET', `${kind} trains on ${wanted}; these are ${found}`, {
      where: 'model.kind',
      remedy: `Choose another dataset, or model.kind ${kindsFor(takesPairs(kind) ? 'one' : 'pairs')}.`,
    })
  }
  const { hidden, factors, mappings, tied }: ModelSettings = spec
  const sizes = { hidden: hidden ?? null, factors: factors ?? null, mappings: mappings ?? null }
  return { kind, activation, visible, decoder, tied: tied ?? false, inputs, targets, ...sizes }
}

import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import { wrongImages } from '../../shared/spec/fits'
import type { ModelSettings, ModelSpec } from '../../shared/spec/schema'

/**
 * A model of a spec that fits images of given sizes.
 * @param inputs pixels of x @param targets pixels of y, null for single images
 * @throws SPEC_DATASET
 */
export function describeModel(spec: ModelSpec, inputs: number, targets: number | null): ModelDescription {
  const { kind, activation, visible, decoder } = spec
  const wrong = wrongImages(kind, targets === null ? 'images' : 'pairs', 'this set')
  if (wrong !== null)
    throw new WorkbenchError('SPEC_DATASET', wrong.message, { where: wrong.path, remedy: wrong.remedy })
  const { hidden, factors, mappings, tied }: ModelSettings = spec
  const sizes = { hidden: hidden ?? null, factors: factors ?? null, mappings: mappings ?? null }
  return { kind, activation, visible, decoder, tied: tied ?? false, inputs, targets, ...sizes }
}

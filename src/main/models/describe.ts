import { takesPairs } from '../../shared/kinds'
import type { ModelDescription } from '../../shared/model'
import type { ModelSettings, ModelSpec } from '../../shared/spec/schema'

/**
 * A model of a spec that fits images of given sizes.
 * @param inputs pixels of x @param targets pixels of y, null for single images
 */
export function describeModel(spec: ModelSpec, inputs: number, targets: number | null): ModelDescription {
  const { kind, activation, visible, decoder } = spec
  if (takesPairs(kind) !== (targets !== null)) throw new TypeError(`a model of kind ${kind} does not fit these images`)
  const { hidden, factors, mappings, tied }: ModelSettings = spec
  const sizes = { hidden: hidden ?? null, factors: factors ?? null, mappings: mappings ?? null }
  return { kind, activation, visible, decoder, tied: tied ?? false, inputs, targets, ...sizes }
}

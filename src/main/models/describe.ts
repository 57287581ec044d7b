import { WorkbenchError } from '../../shared/errors'
import type { ModelDescription } from '../../shared/model'
import type { ModelSpec } from '../../shared/spec/schema'

/**
 * A model of a spec for images of given sizes.
 * @param inputs pixels of x @param targets pixels of y, null for single images
 * @throws PAIRS_NEEDED, IMAGES_NEEDED, TIED_SIZES where kind and data do not fit
 */
export function describeModel(spec: ModelSpec, inputs: number, targets: number | null): ModelDescription {
  const { kind, activation, visible, decoder, hidden, factors, mappings } = spec
  if (kind === 'gae' && targets === null) {
    throw new WorkbenchError(
      'PAIRS_NEEDED',
      'A gated auto-encoder (gae) learns from pairs, this set has single images',
      {
        where: 'model.kind',
        remedy: 'Choose ae, cae or mcae, or a dataset of pairs.',
      },
    )
  }
  if (kind !== 'gae' && targets !== null) {
    throw new WorkbenchError('IMAGES_NEEDED', `The kind ${kind} learns from single images, this set has pairs`, {
      where: 'model.kind',
      remedy: 'Choose gae, or a dataset of images.',
    })
  }
  if (kind === 'gae' && spec.tied && targets !== inputs) {
    throw new WorkbenchError(
      'TIED_SIZES',
      `Tied factors need images of one size, x has ${inputs} pixels, y ${targets}`,
      {
        where: 'model.tied',
        remedy: 'Set model.tied to false.',
      },
    )
  }
  const gated = kind !== 'ae'
  return {
    kind,
    activation,
    visible,
    decoder,
    tied: kind === 'gae' && spec.tied,
    inputs,
    targets,
    hidden: kind === 'ae' || kind === 'mcae' ? hidden : null,
    factors: gated ? factors : null,
    mappings: gated ? mappings : null,
  }
}

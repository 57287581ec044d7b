import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { WorkbenchError } from '../../shared/errors'
import { ae } from './kinds/ae'
import { cae } from './kinds/cae'
import type { ImageParts, LinearParts } from './imageParts'
import { mcae } from './kinds/mcae'
import { visibleMean } from './visible'
import type { Weights } from './weights'

/** The forward equations of an ae, cae or mcae. @param x [B, D] */
export function imageModel(description: ModelDescription, w: Weights, x: Node): ImageParts {
  const parts = linearParts(description, w, x)
  return { ...parts, reconstruction: visibleMean(description.visible, parts.linear) }
}

function linearParts({ kind, activation }: ModelDescription, w: Weights, x: Node): LinearParts {
  switch (kind) {
    case 'ae':
      return ae(w, x, activation)
    case 'cae':
      return cae(w, x, activation)
    case 'mcae':
      return mcae(w, x, activation)
    case 'gae':
      throw new WorkbenchError('PAIRS_NEEDED', 'A gated auto-encoder (gae) models pairs of images', {
        remedy: 'Choose ae, cae or mcae for single images.',
      })
  }
}

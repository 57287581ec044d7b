import type { ModelDescription } from '../../shared/model'
import type { Node } from '../compute/graph'
import { WorkbenchError } from '../../shared/errors'
import { ae } from './ae'
import { cae } from './cae'
import type { ImageParts } from './imageParts'
import { mcae } from './mcae'
import type { Weights } from './weights'

/** The forward equations of an ae, cae or mcae. @param x [B, D] */
export function imageModel({ kind, activation }: ModelDescription, w: Weights, x: Node): ImageParts {
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

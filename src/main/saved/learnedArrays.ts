import type { ModelDescription } from '../../shared/model'
import type { PreprocessSpec } from '../../shared/spec/schema'
import type { WeightArray } from '../models/weightArray'
import type { Whitenings } from '../models/whitening'
import { takeWhitenings, whiteningArrays, whiteningNames, type Take } from './whiteningArrays'

/** What preprocessing learned of the training images. */
export interface Learned {
  /** Mean images to remove, where `preprocess.center` says so. */
  centre: { x: Float32Array; y: Float32Array | null } | null
  /** Null without `preprocess.whiten`. */
  whitening: Whitenings | null
}

/** How it lies in checkpoints and in weight files alike. */
export function learnedArrays({ centre, whitening }: Learned): Record<string, WeightArray> {
  const image = (data: Float32Array): WeightArray => ({ shape: [data.length], data })
  return {
    ...(centre && { centreX: image(centre.x), ...(centre.y && { centreY: image(centre.y) }) }),
    ...(whitening && whiteningArrays(whitening)),
  }
}

/** Names that such a file may have. */
export const learnedNames = ({ center, whiten }: PreprocessSpec): string[] => [
  ...(center ? ['centreX', 'centreY'] : []),
  ...(whiten ? whiteningNames : []),
]

/** The inverse of `learnedArrays`, for the images of a model. */
export function takeLearned(
  description: Pick<ModelDescription, 'inputs' | 'targets'>,
  { center, whiten }: PreprocessSpec,
  take: Take,
): Learned {
  const { inputs, targets } = description
  const y = () => (targets === null ? null : take('centreY', [targets]))
  return {
    centre: center ? { x: take('centreX', [inputs]), y: y() } : null,
    whitening: whiten ? takeWhitenings(description, take) : null,
  }
}

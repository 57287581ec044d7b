import type { ModelDescription } from '../../shared/model'
import type { WeightArray } from '../models/weightArray'
import type { Whitening, Whitenings } from '../models/whitening'

/** Takes an array of a file. @throws where it is missing or of another shape */
export type Take = (name: string, shape: readonly number[]) => Float32Array

/** Names of the arrays of a whitening, in checkpoints and in weight files alike. */
const namesOf = (slot: 'X' | 'Y') => ({
  matrix: `whiten${slot}`,
  mean: `whitenMean${slot}`,
  epsilon: `whitenEpsilon${slot}`,
})

export const whiteningNames: readonly string[] = (['X', 'Y'] as const).flatMap((slot) => Object.values(namesOf(slot)))

/** How a whitening lies in a file. */
export function whiteningArrays({ x, y }: Whitenings): Record<string, WeightArray> {
  const arrays: Record<string, WeightArray> = {}
  const put = (slot: 'X' | 'Y', { matrix, mean, epsilon }: Whitening) => {
    const names = namesOf(slot)
    arrays[names.matrix] = { shape: [mean.length, mean.length], data: matrix }
    arrays[names.mean] = { shape: [mean.length], data: mean }
    arrays[names.epsilon] = { shape: [1], data: Float32Array.of(epsilon) }
  }
  put('X', x)
  if (y !== null) put('Y', y)
  return arrays
}

/** The inverse of `whiteningArrays`, for the images of a model. */
export function takeWhitenings(
  { inputs, targets }: Pick<ModelDescription, 'inputs' | 'targets'>,
  take: Take,
): Whitenings {
  const one = (slot: 'X' | 'Y', pixels: number): Whitening => {
    const names = namesOf(slot)
    const [matrix, mean] = [take(names.matrix, [pixels, pixels]), take(names.mean, [pixels])]
    return { matrix, mean, epsilon: take(names.epsilon, [1])[0] }
  }
  return { x: one('X', inputs), y: targets === null ? null : one('Y', targets) }
}

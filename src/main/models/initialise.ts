import type { ModelDescription } from '../../shared/model'
import type { ModelSettings } from '../../shared/spec/schema'
import { gaussians, uniforms } from '../compute/random'
import { sizeOf } from '../compute/shapes'
import type { ParameterStart } from './kinds/kind'
import { isWeight, parametersOf } from './parameters'
import type { WeightArrays } from './weightArray'

/** Standard deviation of W, and of W_M where it starts small. */
const std = 0.05

/** What a spec and its data say of the start. */
export interface Start extends Pick<ModelSettings, 'factorStd' | 'mappingInit'> {
  /** Mean of the images that the model learns from [D]: the start of b (b_x, b_y), as it is or as its logit. */
  meanX: Float32Array
  meanY: Float32Array | null
}

/** Probabilities that the logit of the mean image keeps to: a pixel that is never on would start at minus infinity. */
const [rarest, surest] = [0.01, 0.99]

/** Where b starts: at the mean image; with Bernoulli visibles at its logit, so that sigmoid(b) is the mean image. */
function startBias({ visible }: ModelDescription, mean: Float32Array): Float32Array {
  if (visible === 'gaussian') return mean
  return mean.map((value) => {
    const probability = Math.min(surest, Math.max(rarest, value))
    return Math.log(probability / (1 - probability))
  })
}

/**
 * Weights to start from: W and W_F, W_X, W_Y normal, W_M small and normal or of one sign, ∓exp(U(-3, -2)); b the mean image,
 * or its logit with Bernoulli visibles; c and b_m zero. A decoder of its own is drawn like the encoder, apart from it.
 * @param stream of random numbers; each parameter takes one of its steps
 */
export function initialWeights(
  description: ModelDescription,
  start: Start,
  seed: number,
  stream: number,
): WeightArrays {
  const entries = Object.entries(parametersOf(description)).map(([name, parameter], index) => {
    const { shape, start: from = isWeight(shape) ? 'normal' : 'zero' } = parameter
    const count = sizeOf(shape)
    const normal = (deviation: number) => gaussians(seed, stream, index, count).map((value) => deviation * value)
    const starts: Record<ParameterStart, () => ArrayLike<number>> = {
      normal: () => normal(std),
      factors: () => normal(start.factorStd ?? std),
      mappings: () => {
        if (start.mappingInit !== 'negative' && start.mappingInit !== 'positive') return normal(std)
        const sign = start.mappingInit === 'negative' ? -1 : 1
        return uniforms(seed, stream, index, count).map((uniform) => sign * Math.exp(uniform - 3))
      },
      meanX: () => startBias(description, start.meanX),
      meanY: () => startBias(description, start.meanY ?? start.meanX),
      zero: () => new Float32Array(count),
    }
    return [name, { shape, data: Float32Array.from(starts[from]()) }]
  })
  return Object.fromEntries(entries) as WeightArrays
}

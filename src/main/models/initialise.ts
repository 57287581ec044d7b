import type { ModelDescription } from '../../shared/model'
import type { ModelSpec } from '../../shared/spec/schema'
import { gaussians, uniforms } from '../compute/random'
import { sizeOf } from '../compute/shapes'
import { parameterShapes } from './parameters'
import type { WeightArrays } from './weightArray'

/** Standard deviation of W, and of W_M where it starts small. */
const std = 0.05

export interface Start {
  factorStd: ModelSpec['factorStd']
  mappingInit: ModelSpec['mappingInit']
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
  const entries = Object.entries(parameterShapes(description)).map(([name, shape], index) => {
    const count = sizeOf(shape)
    const normal = (deviation: number) => gaussians(seed, stream, index, count).map((value) => deviation * value)
    const data = (): ArrayLike<number> => {
      switch (name) {
        case 'W':
        case 'V':
          return normal(std)
        case 'WF':
        case 'WX':
        case 'WY':
        case 'VF':
        case 'VX':
        case 'VY':
          return normal(start.factorStd)
        case 'WM':
        case 'VM': {
          if (start.mappingInit === 'small') return normal(std)
          const sign = start.mappingInit === 'negative' ? -1 : 1
          return uniforms(seed, stream, index, count).map((uniform) => sign * Math.exp(uniform - 3))
        }
        case 'b':
        case 'bx':
          return startBias(description, start.meanX)
        case 'by':
          return startBias(description, start.meanY ?? start.meanX)
        default:
          return new Float32Array(count)
      }
    }
    return [name, { shape, data: Float32Array.from(data()) }]
  })
  return Object.fromEntries(entries) as WeightArrays
}

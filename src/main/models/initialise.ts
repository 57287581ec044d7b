import type { ModelDescription } from '../../shared/model'
import type { ModelSpec } from '../../shared/spec'
import { gaussians, uniforms } from '../compute/random'
import { sizeOf } from '../compute/shapes'
import { parameterShapes } from './parameters'
import type { WeightArrays } from './savedModel'

/** Standard deviation of W, and of W_M where it starts small. */
const std = 0.05

export interface Start {
  factorStd: ModelSpec['factorStd']
  mappingInit: ModelSpec['mappingInit']
  /** Mean of the images that the model learns from [D]: the start of b (b_x, b_y). */
  meanX: Float32Array
  meanY: Float32Array | null
}

/**
 * Weights to start from: W and W_F, W_X, W_Y normal, W_M small and normal or of one sign, ∓exp(U(-3, -2)); b the mean image,
 * c and b_m zero.
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
          return normal(std)
        case 'WF':
        case 'WX':
        case 'WY':
          return normal(start.factorStd)
        case 'WM': {
          if (start.mappingInit === 'small') return normal(std)
          const sign = start.mappingInit === 'negative' ? -1 : 1
          return uniforms(seed, stream, index, count).map((uniform) => sign * Math.exp(uniform - 3))
        }
        case 'b':
        case 'bx':
          return start.meanX
        case 'by':
          return start.meanY ?? start.meanX
        default:
          return new Float32Array(count)
      }
    }
    return [name, { shape, data: Float32Array.from(data()) }]
  })
  return Object.fromEntries(entries) as WeightArrays
}

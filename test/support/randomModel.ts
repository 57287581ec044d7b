import { gaussians, uniforms } from '../../src/main/compute/random'
import { sizeOf } from '../../src/main/compute/shapes'
import { float64, type Tensor } from '../../src/main/compute/tensor'
import { parameterShapes } from '../../src/main/models/parameters'
import type { ModelDescription } from '../../src/shared/model'

const sizes = { hidden: 3, factors: 5, mappings: 4, inputs: 7 }

/** A small model of a kind; y of a gae has 6 pixels, 7 as x has with tied factors. */
export function smallDescription(
  kind: ModelDescription['kind'],
  activation: ModelDescription['activation'] = 'sigmoid',
  options: Partial<Pick<ModelDescription, 'visible' | 'decoder' | 'tied'>> = {},
): ModelDescription {
  const [isPair, isGated] = [kind === 'gae', kind !== 'ae']
  return {
    kind,
    activation,
    visible: 'gaussian',
    decoder: 'tied',
    tied: false,
    ...options,
    inputs: sizes.inputs,
    targets: isPair ? (options.tied === true ? sizes.inputs : 6) : null,
    hidden: kind === 'ae' || kind === 'mcae' ? sizes.hidden : null,
    factors: isGated ? sizes.factors : null,
    mappings: isGated ? sizes.mappings : null,
  }
}

/** Parameters drawn from N(0, 0.6²), in float64. */
export function randomWeights(description: ModelDescription, seed: number): Record<string, Tensor> {
  const entries = Object.entries(parameterShapes(description)).map(([name, shape], index): [string, Tensor] => {
    return [
      name,
      float64(
        gaussians(seed, 1, index, sizeOf(shape)).map((value) => 0.6 * value),
        shape,
      ),
    ]
  })
  return Object.fromEntries(entries)
}

/** Images drawn from N(0, 1). @returns [n, pixels] */
export const randomImages = (n: number, pixels: number, seed: number): Tensor =>
  float64(gaussians(seed, 2, 0, n * pixels), [n, pixels])

/** Images of pixels in [0,1], a tenth of them 0 and a tenth 1. @returns [n, pixels] */
export const randomPixels = (n: number, pixels: number, seed: number): Tensor =>
  float64(
    uniforms(seed, 2, 0, n * pixels).map((u) => Math.min(1, Math.max(0, 1.25 * u - 0.125))),
    [n, pixels],
  )

/** A row-major matrix as an array of rows. */
export const rowsOf = ({ data, shape }: Tensor): number[][] =>
  Array.from({ length: shape[0]! }, (_, row) => [...data.subarray(row * shape[1]!, (row + 1) * shape[1]!)])

import { describe, expect, it } from 'vitest'
import { gradients } from '../../../src/main/compute/gradient'
import { input } from '../../../src/main/compute/graph'
import { scale, square, sub, sum } from '../../../src/main/compute/ops'
import { energy } from '../../../src/main/models/energy'
import { weightInputs } from '../../../src/main/models/parameters'
import { matchingSides } from '../../../src/main/training/evaluate/scoreMatching'
import { deviation, expectClose } from '../../support/close'
import { randomImages, randomWeights, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { imageModel } from '../../../src/main/models/forward'

const batch = 20
const std = 0.3
const kinds = ['ae', 'cae', 'mcae'] as const
const activations = ['sigmoid', 'tanh', 'relu', 'linear'] as const
const [clean, noisy] = [input('clean', [batch, 7]), input('noisy', [batch, 7])]

/** Images and the same with Gaussian noise. */
function images(seed: number) {
  const [y, noise] = [randomImages(batch, 7, seed), randomImages(batch, 7, seed + 1)]
  const data = Float64Array.from(y.data, (value: number, at) => value + std * noise.data[at]!)
  return { clean: y, noisy: { ...y, data } as typeof y }
}

describe('denoising with Gaussian noise of variance s² is score matching', () => {
  it.each(kinds.flatMap((kind) => activations.map((activation) => [kind, activation] as const)))(
    '%s, %s: ‖r(ỹ) - y‖² = s⁴‖∇E_d(ỹ)/s² - (y - ỹ)/s²‖², of each image',
    async (kind, activation) => {
      const description = smallDescription(kind, activation)
      const feeds = { ...randomWeights(description, 1), ...images(2) }
      const { denoising, matching } = await valuesOf({ ...matchingSides(description, clean, noisy, std) }, feeds)
      expectClose(
        matching!.map((value) => std ** 4 * value),
        denoising,
        1e-12,
      )
    },
  )

  it.each(['cae', 'mcae'] as const)('%s: of the diagonal energy, not of the conditional one', async (kind) => {
    const description = smallDescription(kind)
    const weights = weightInputs(description)
    const parts = imageModel(description, weights, noisy)
    const conditional = energy(description, weights, 'conditional', parts, noisy)
    const [force] = gradients(sum(conditional), [noisy])
    const difference = scale(sub(force!, sub(clean, noisy)), std ** -2)
    const { denoising, matching } = await valuesOf(
      {
        denoising: matchingSides(description, clean, noisy, std).denoising,
        matching: sum(square(difference), [1]),
      },
      { ...randomWeights(description, 1), ...images(2) },
    )
    expect(
      deviation(
        matching!.map((value) => std ** 4 * value),
        denoising,
      ),
    ).toBeGreaterThan(0.1)
  })
})

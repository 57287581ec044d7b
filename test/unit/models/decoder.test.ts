import { describe, expect, it } from 'vitest'
import { input } from '../../../src/main/compute/graph'
import { sub } from '../../../src/main/compute/ops'
import type { Tensor } from '../../../src/main/compute/tensor'
import { classTerms } from '../../../src/main/models/classifier'
import { energy } from '../../../src/main/models/energy'
import { parameterShapes, weightInputs } from '../../../src/main/models/parameters'
import type { ModelDescription } from '../../../src/shared/model'
import { expectClose } from '../../support/close'
import { asymmetry, jacobianOf } from '../../support/jacobian'
import { randomImages, randomWeights, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { imageModel } from '../../../src/main/models/forward'
import { pairModel } from '../../support/pairModel'

const own = { decoder: 'own' } as const
const images = ['ae', 'cae', 'mcae'] as const
const noEnergy = expect.objectContaining({ code: 'NO_ENERGY', message: expect.stringContaining('is no gradient') })

/** Reconstructions of a model, as graph and as values. */
function reconstructions(description: ModelDescription) {
  const [weights, x, y] = [weightInputs(description), input('x', [1, 7]), input('y', [1, description.targets ?? 7])]
  if (description.kind !== 'gae') return { x, y: x, ofY: imageModel(description, weights, x).reconstruction, ofX: null }
  const { reconstructionY, reconstructionX } = pairModel(description, weights, x, y)
  return { x, y, ofY: reconstructionY, ofX: reconstructionX }
}

const all = [
  ...images.map((kind) => smallDescription(kind, 'sigmoid', own)),
  smallDescription('gae', 'sigmoid', own),
  smallDescription('gae', 'sigmoid', { ...own, tied: true }),
]

describe('a decoder of its own', () => {
  it.each(all)(
    '$kind, tied factors $tied: filled with the encoder it reconstructs like a tied one',
    async (description) => {
      const tied = { ...description, decoder: 'tied' } as const
      const weights = randomWeights(tied, 1)
      const added: Record<string, Tensor> = {}
      for (const name of Object.keys(parameterShapes(description))) {
        if (weights[name] === undefined) added[name] = weights[name === 'V' ? 'W' : name.replace('V', 'W')]!
      }
      expect(Object.keys(added).length).toBeGreaterThan(0)
      const images = { x: randomImages(1, 7, 2), y: randomImages(1, description.targets ?? 7, 3) }
      const [found, expected] = [reconstructions(description), reconstructions(tied)]
      const both = { ofY: found.ofY, expectedY: expected.ofY }
      const values = await valuesOf(
        found.ofX === null || expected.ofX === null ? both : { ...both, ofX: found.ofX, expectedX: expected.ofX },
        { ...weights, ...added, ...images },
      )
      expectClose(values.ofY, values.expectedY, 1e-15)
      if (found.ofX !== null) expectClose(values.ofX, values.expectedX, 1e-15)
    },
  )

  it.each(all)(
    '$kind, tied factors $tied: its field is no gradient, and its energy is refused',
    async (description) => {
      const { y, ofY } = reconstructions(description)
      const feeds = {
        ...randomWeights(description, 4),
        x: randomImages(1, 7, 5),
        y: randomImages(1, description.targets ?? 7, 6),
      }
      expect(asymmetry(await jacobianOf(sub(ofY, y), y, feeds))).toBeGreaterThan(1e-2)
      const [weights, x] = [weightInputs(description), input('x', [1, 7])]
      if (description.kind === 'gae') {
        const parts = pairModel(description, weights, x, y)
        expect(() => energy(description, weights, 'yGivenX', parts, y)).toThrowError(noEnergy)
        expect(() => energy(description, weights, 'xGivenY', parts, x)).toThrowError(noEnergy)
        return
      }
      const parts = imageModel(description, weights, x)
      for (const name of ['conditional', 'diagonal'] as const) {
        expect(() => energy(description, weights, name, parts, x)).toThrowError(noEnergy)
        expect(() => classTerms(description, [weights, weights], x, name)).toThrowError(noEnergy)
      }
    },
  )
})

describe('the measure of asymmetry', () => {
  it('is exactly 0 for a symmetric Jacobian, whatever its sign', () => {
    expect(
      asymmetry([
        [1, -3],
        [-3, 0.1],
      ]),
    ).toBe(0)
    expect(
      asymmetry([
        [0, 1],
        [-1, 0],
      ]),
    ).toBe(2)
  })
})

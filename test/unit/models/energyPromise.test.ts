import { describe, expect, it } from 'vitest'
import { input, type Node } from '../../../src/main/compute/graph'
import { scale, square, sub, sum } from '../../../src/main/compute/ops'
import { energy } from '../../../src/main/models/energy'
import { weightInputs } from '../../../src/main/models/parameters'
import { randomImages, randomWeights, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { imageModel } from '../../../src/main/models/forward'
import { pairModel } from '../../support/pairModel'

const batch = 50
const halfSquare = (field: Node): Node => scale(sum(square(field), [1]), 0.5)

describe('a unit step along the field', () => {
  it.each(['sigmoid', 'tanh', 'relu', 'linear'] as const)(
    'with x held raises E(y|x) by at least ½‖F‖² (%s)',
    async (activation) => {
      const description = smallDescription('gae', activation)
      const [weights, x, y] = [weightInputs(description), input('x', [batch, 7]), input('y', [batch, 6])]
      const parts = pairModel(description, weights, x, y)
      const next = pairModel(description, weights, x, parts.reconstructionY)
      const { before, after, promised } = await valuesOf(
        {
          before: energy(description, weights, 'yGivenX', parts, y),
          after: energy(description, weights, 'yGivenX', next, parts.reconstructionY),
          promised: halfSquare(sub(parts.reconstructionY, y)),
        },
        { ...randomWeights(description, 21), x: randomImages(batch, 7, 22), y: randomImages(batch, 6, 23) },
      )
      for (let row = 0; row < batch; row++) {
        expect(after![row]! - before![row]!).toBeGreaterThanOrEqual(promised![row]! * (1 - 1e-9))
      }
    },
  )

  it('of an auto-encoder raises its energy by at least ½‖F‖²', async () => {
    const description = smallDescription('ae')
    const [weights, x] = [weightInputs(description), input('x', [batch, 7])]
    const parts = imageModel(description, weights, x)
    const next = imageModel(description, weights, parts.reconstruction)
    const { before, after, promised } = await valuesOf(
      {
        before: energy(description, weights, 'conditional', parts, x),
        after: energy(description, weights, 'conditional', next, parts.reconstruction),
        promised: halfSquare(sub(parts.reconstruction, x)),
      },
      { ...randomWeights(description, 24), x: randomImages(batch, 7, 25) },
    )
    for (let row = 0; row < batch; row++) {
      expect(after![row]! - before![row]!).toBeGreaterThanOrEqual(promised![row]! * (1 - 1e-9))
    }
  })
})

import { describe, it } from 'vitest'
import { input } from '../../../src/main/compute/graph'
import { reconstructionLoss } from '../../../src/main/models/loss'
import { weightInputs } from '../../../src/main/models/parameters'
import { expectClose } from '../../support/close'
import { randomImages, randomWeights, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { pairModel } from '../../support/pairModel'

const half = (r: Float64Array, target: ArrayLike<number>): number =>
  r.reduce((total, value, i) => total + (value - target[i]!) ** 2 / 2, 0)

describe('the reconstruction loss', () => {
  it('of a gae is that of y given x, of x given y, or their sum', async () => {
    const description = smallDescription('gae')
    const weights = weightInputs(description)
    const [x, y] = [input('x', [1, 7]), input('y', [1, 6])]
    const batch = { x: { seen: x, clean: x }, y: { seen: y, clean: y } }
    const feeds = { ...randomWeights(description, 32), x: randomImages(1, 7, 33), y: randomImages(1, 6, 34) }
    const parts = pairModel(description, weights, x, y)
    const found = await valuesOf(
      {
        ofY: reconstructionLoss(description, weights, batch, 'y|x'),
        ofX: reconstructionLoss(description, weights, batch, 'x|y'),
        both: reconstructionLoss(description, weights, batch, 'both'),
        rY: parts.reconstructionY,
        rX: parts.reconstructionX,
      },
      feeds,
    )
    const [ofY, ofX] = [half(found.rY!, feeds.y.data), half(found.rX!, feeds.x.data)]
    expectClose(found.ofY, [ofY], 1e-12)
    expectClose(found.ofX, [ofX], 1e-12)
    expectClose(found.both, [ofY + ofX], 1e-12)
  })
})

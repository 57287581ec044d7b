import { describe, expect, it } from 'vitest'
import { input } from '../../../src/main/compute/graph'
import { uint8 } from '../../../src/main/compute/tensor'
import { reconstructionLoss } from '../../../src/main/models/loss'
import { gae } from '../../../src/main/models/gae'
import { imageModel } from '../../../src/main/models/imageModel'
import { weightInputs } from '../../../src/main/models/parameters'
import { masked } from '../../../src/main/training/corruption'
import { expectClose } from '../../support/close'
import { randomImages, randomWeights, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'

const half = (r: Float64Array, target: ArrayLike<number>): number =>
  r.reduce((total, value, i) => total + (value - target[i]!) ** 2 / 2, 0)

describe('the reconstruction loss', () => {
  it('compares the reconstruction of the masked image with the clean image', async () => {
    const description = smallDescription('mcae')
    const weights = weightInputs(description)
    const clean = input('x', [1, 7])
    const keep = [1, 0, 1, 1, 0, 0, 1]
    const image = randomImages(1, 7, 31)
    const seen = masked(clean, 'keepX')
    const feeds = { ...randomWeights(description, 30), x: image, keepX: uint8(Uint8Array.from(keep), [1, 7]) }
    const { loss } = await valuesOf(
      { loss: reconstructionLoss(description, weights, { x: { seen, clean }, y: null }, 'y|x') },
      feeds,
    )
    const zeroed = image.data.map((value: number, i: number) => value * keep[i]!) as Float64Array
    const { r } = await valuesOf(
      { r: imageModel(description, weights, clean).reconstruction },
      { ...feeds, x: { dtype: 'float64', shape: [1, 7], data: zeroed } },
    )
    expectClose(loss, [half(r!, image.data)], 1e-12)
    expect(half(r!, image.data)).not.toBeCloseTo(half(r!, zeroed))
  })

  it('of a gae is that of y given x, of x given y, or their sum', async () => {
    const description = smallDescription('gae')
    const weights = weightInputs(description)
    const [x, y] = [input('x', [1, 7]), input('y', [1, 6])]
    const batch = { x: { seen: x, clean: x }, y: { seen: y, clean: y } }
    const feeds = { ...randomWeights(description, 32), x: randomImages(1, 7, 33), y: randomImages(1, 6, 34) }
    const parts = gae(weights, x, y, 'sigmoid')
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

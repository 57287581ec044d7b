import { expect, it } from 'vitest'
import { centreOf, meanImage, preprocess } from '../../../src/main/models/preprocess'
import { asSeen } from '../../../src/main/training/evaluate'
import { randomImages, smallDescription } from '../../support/randomModel'

it('a pair is scored as it was trained: x and y each have their own contrast and their own mean image', () => {
  const spec = { contrast: true, center: true, whiten: false } as const
  const [x, y] = [randomImages(5, 7, 1), randomImages(5, 6, 2)].map(({ data }) => Float32Array.from(data)) as [
    Float32Array,
    Float32Array,
  ]
  const model = {
    description: smallDescription('gae'),
    classes: null,
    energy: 'conditional' as const,
    preprocess: spec,
    weights: {},
    coefficients: null,
    otherCoefficients: null,
    centre: { x: centreOf(spec, x, 7)!, y: centreOf(spec, y, 6) },
  }
  const [givenX, givenY] = [Float32Array.from(x), Float32Array.from(y)]
  const seen = asSeen(model, { n: 5, x, y })
  expect(seen.x).toEqual(preprocess(spec, givenX, 7, model.centre.x))
  expect(seen.y).toEqual(preprocess(spec, givenY, 6, model.centre.y))
  for (const value of [...meanImage(seen.x, 7), ...meanImage(seen.y!, 6)]) expect(value).toBeCloseTo(0, 6)
  expect([x, y]).toEqual([givenX, givenY])
})

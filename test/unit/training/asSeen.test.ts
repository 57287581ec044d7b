import { expect, it } from 'vitest'
import { centreOf, meanImage, preprocess } from '../../../src/main/models/preprocess'
import { randomImages, smallDescription } from '../../support/randomModel'
import { asSeen } from '../../../src/main/saved/seen'

it('a pair is scored as it was trained: x and y each have their own contrast, mean image and whitening', async () => {
  const spec = { contrast: true, center: true, whiten: true }
  const [x, y] = [randomImages(5, 7, 1), randomImages(5, 6, 2)].map(({ data }) => Float32Array.from(data)) as [
    Float32Array,
    Float32Array,
  ]
  const whitening = (pixels: number, seed: number) => ({
    mean: new Float32Array(pixels),
    matrix: Float32Array.from(randomImages(pixels, pixels, seed).data),
    epsilon: 0.1,
  })
  const model = {
    description: smallDescription('gae'),
    classes: null,
    energy: 'conditional' as const,
    preprocess: spec,
    weights: {},
    coefficients: null,
    otherCoefficients: null,
    centre: { x: centreOf(spec, x, 7)!, y: centreOf(spec, y, 6) },
    whitening: { x: whitening(7, 3), y: whitening(6, 4) },
  }
  const [givenX, givenY] = [Float32Array.from(x), Float32Array.from(y)]
  const seen = await asSeen(model, { n: 5, x, y })
  const learned = (slot: 'x' | 'y') => ({ centre: model.centre[slot], whitening: model.whitening[slot] })
  expect(seen.x).toEqual(await preprocess(spec, givenX, 7, learned('x')))
  expect(seen.y).toEqual(await preprocess(spec, givenY, 6, learned('y')))
  for (const value of [...meanImage(seen.x, 7), ...meanImage(seen.y!, 6)]) expect(value).toBeCloseTo(0, 5)
  expect([x, y]).toEqual([givenX, givenY])
  await expect(asSeen({ ...model, whitening: null }, { n: 5, x, y })).rejects.toThrow(TypeError)
})

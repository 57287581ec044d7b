import { describe, expect, it } from 'vitest'
import { input } from '../../../src/main/compute/graph'
import { reconstructionLoss } from '../../../src/main/models/loss'
import { weightInputs } from '../../../src/main/models/parameters'
import { corrupted, corruptedCopy, corruptionDraw, corruptionsOf } from '../../../src/main/training/steps/corruption'
import { corruptionKinds } from '../../../src/main/training/steps/corruptionKinds'
import { corruptionSchema, runSpecSchema } from '../../../src/shared/spec/schema'
import { expectClose } from '../../support/close'
import { randomImages, randomWeights, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { imageModel } from '../../../src/main/models/forward'

const kinds = ['mask', 'gaussian', 'salt-and-pepper'] as const
const range = { low: -0.5, high: 2 }
const level = 0.3
const half = (r: ArrayLike<number>, target: ArrayLike<number>): number =>
  Array.from(r).reduce((total, value, i) => total + (value - target[i]!) ** 2 / 2, 0)

describe.each(kinds)('%s', (kind) => {
  const corruption = { kind, level, range }

  it('of steps does not depend on how they are cut into chunks', () => {
    const { tensor, bytes } = corruptionDraw(corruption, 'corruptX', [3, 10])
    const [all, later] = [tensor(1, 5, 0, 4), tensor(1, 5, 2, 2)]
    expect(all.shape).toEqual([4, 3, 10])
    expect([...later.data]).toEqual([...all.data].slice(60))
    expect(all.data.byteLength).toBe(4 * bytes)
  })

  it('is the same in a copy as in the graph, and leaves the images as they were', async () => {
    const images = randomImages(20, 50, 3)
    const given = Float32Array.from(images.data)
    const copy = corruptedCopy(given, corruption, 7, 4)
    expect(given).toEqual(Float32Array.from(images.data))
    const draws = corruptionDraw(corruption, 'corruptX', [20, 50]).tensor(7, 4, 0, 1)
    const seen = corrupted(input('x', [20, 50]), corruption, 'corruptX')
    const found = await valuesOf({ seen }, { x: images, corruptX: { ...draws, shape: [20, 50] } })
    expectClose(copy, found.seen, 1e-6)
    expect(copy).not.toEqual(given)
  })

  it('hits what the encoder and the decoder see, never the target', async () => {
    const description = smallDescription('mcae')
    const weights = weightInputs(description)
    const clean = input('x', [1, 7])
    const image = randomImages(1, 7, 31)
    const seen = corrupted(clean, corruption, 'corruptX')
    const draws = corruptionDraw(corruption, 'corruptX', [1, 7]).tensor(3, 1, 0, 1)
    const feeds = { ...randomWeights(description, 30), x: image, corruptX: { ...draws, shape: [1, 7] } }
    const { loss, shown, r } = await valuesOf(
      {
        loss: reconstructionLoss(description, weights, { x: { seen, clean }, y: null }, 'y|x'),
        shown: seen,
        r: imageModel(description, weights, seen).reconstruction,
      },
      feeds,
    )
    expect([...shown!]).not.toEqual([...image.data])
    expectClose(loss, [half(r!, image.data)], 1e-12)
    expect(half(r!, image.data)).not.toBeCloseTo(half(r!, shown!))
  })
})

describe('what is seen of a pixel', () => {
  const images = new Float32Array(100_000).fill(0.7)
  const seen = (kind: (typeof kinds)[number], amount: number) =>
    corruptedCopy(images, { kind, level: amount, range }, 1, 2)
  const share = (values: Float32Array, wanted: number) =>
    values.filter((value) => value === Math.fround(wanted)).length / values.length

  it('of a mask: 0 with probability level, else the pixel', () => {
    const masked = seen('mask', 0.3)
    expect(share(masked, 0)).toBeCloseTo(0.3, 2)
    expect(share(masked, 0) + share(masked, 0.7)).toBe(1)
  })

  it('of Gaussian noise: mean the pixel, standard deviation the level', () => {
    const noisy = seen('gaussian', 0.4)
    const mean = noisy.reduce((total, value) => total + value, 0) / noisy.length
    const variance = noisy.reduce((total, value) => total + (value - mean) ** 2, 0) / noisy.length
    expect(mean).toBeCloseTo(0.7, 2)
    expect(Math.sqrt(variance)).toBeCloseTo(0.4, 2)
  })

  it('of salt and pepper: each end of the range with half the level, else the pixel', () => {
    const peppered = seen('salt-and-pepper', 0.3)
    expect(share(peppered, range.low)).toBeCloseTo(0.15, 2)
    expect(share(peppered, range.high)).toBeCloseTo(0.15, 2)
    expect(share(peppered, 0.7)).toBeCloseTo(0.7, 2)
  })

  it('of a mask at its default level: most pixels are kept', () => {
    const { corruption, classifier } = runSpecSchema.parse({ model: { kind: 'ae' }, dataset: 'd', classifier: {} })
    for (const { kind, level: amount } of [corruption, classifier!.corruption]) {
      expect(kind).toBe('mask')
      expect(share(seen('mask', amount), 0.7)).toBeGreaterThanOrEqual(0.49)
    }
    expect(share(seen('mask', 0), 0.7)).toBe(1)
  })
})

describe('the corrupted images', () => {
  it('are the one image, or those of a pair that are named; none at level 0', () => {
    const ranges = { x: range, y: { low: 0, high: 1 } }
    const hit = (model: 'cae' | 'gae', choice: Parameters<typeof corruptionsOf>[1]) => {
      const { x, y } = corruptionsOf(model, choice, ranges)
      return [x?.range ?? null, y?.range ?? null]
    }
    expect(hit('cae', { kind: 'mask', level, on: 'y' })).toEqual([range, null])
    expect(hit('gae', { kind: 'mask', level, on: 'y' })).toEqual([null, ranges.y])
    expect(hit('gae', { kind: 'gaussian', level, on: 'x' })).toEqual([range, null])
    expect(hit('gae', { kind: 'mask', level, on: 'both' })).toEqual([range, ranges.y])
    expect(hit('gae', { kind: 'mask', level: 0, on: 'both' })).toEqual([null, null])
    expect(hit('cae', { kind: 'none', level })).toEqual([null, null])
  })

  it('salt and pepper without a range are a fault, not a range of their own', () => {
    expect(() =>
      corruptedCopy(Float32Array.of(1, 2), { kind: 'salt-and-pepper', level: 1, range: null }, 1, 1),
    ).toThrow(/range/)
    expect(Object.keys(corruptionKinds)).toEqual([...kinds])
  })
})

describe('a level', () => {
  it.each([
    ['mask', 1, true],
    ['mask', 1.1, false],
    ['salt-and-pepper', 1.1, false],
    ['gaussian', 1.1, true],
    ['gaussian', -0.1, false],
  ] as const)('of %s may be %d: %s', (kind, amount, ok) => {
    const parsed = corruptionSchema.safeParse({ kind, level: amount })
    expect(parsed.success).toBe(ok)
    if (!ok) expect(parsed.error!.issues[0]!.path).toEqual(['level'])
  })
})

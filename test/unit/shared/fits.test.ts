import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/shared/datasets'
import { runSpecSchema } from '../../../src/shared/spec/schema'
import { misfit } from '../../../src/shared/spec/fits'

const images: Dataset = {
  id: 'd',
  name: 'rect',
  kind: 'images',
  shape: [28, 28],
  targetShape: null,
  classes: ['tall', 'wide'],
  n: { train: 10, valid: 2, test: 2 },
  hash: 'h',
  bytes: 1,
  recipe: {
    kind: 'generated',
    generator: 'rectangles',
    seed: 1,
    counts: { train: 10, valid: 2, test: 2 },
    options: {},
    source: null,
  },
  created: '2026-01-01T00:00:00.000Z',
  deleted: null,
}
const pairs: Dataset = { ...images, kind: 'pairs', targetShape: [28, 28], classes: null }
const spec = (kind: string, more: object = {}) => runSpecSchema.parse({ model: { kind }, dataset: 'rect', ...more })

describe('a spec and its dataset', () => {
  it('fit', () => {
    expect(misfit(spec('mcae', { classifier: {} }), images)).toBeNull()
    expect(misfit(spec('gae'), pairs)).toBeNull()
    expect(misfit(spec('gae', { fresh: true }), pairs)).toBeNull()
  })

  it.each([
    ['a gated auto-encoder on single images', spec('gae'), images, 'dataset', 'trains on pairs'],
    ['a one-image model on pairs', spec('ae'), pairs, 'dataset', 'trains on single images'],
    [
      'tied factors of two shapes',
      spec('gae'),
      { ...pairs, targetShape: [5, 5] as [number, number] },
      'model.tied',
      'one shape; rect has 28 x 28 and 5 x 5',
    ],
    [
      'whitening of images too large',
      spec('ae', { preprocess: { whiten: true } }),
      { ...images, shape: [41, 40] as [number, number] },
      'preprocess.whiten',
      'whitening takes images of 1600 pixels at most; rect has 41 x 40',
    ],
    [
      'no training examples',
      spec('ae'),
      { ...images, n: { train: 0, valid: 1, test: 1 } },
      'dataset',
      'no training examples',
    ],
    [
      'early stopping without validation',
      spec('ae'),
      { ...images, n: { train: 5, valid: 0, test: 0 } },
      'earlyStopping',
      'no validation examples',
    ],
    [
      'a classifier without classes',
      spec('ae', { classifier: {} }),
      { ...images, classes: null },
      'classifier',
      'two classes; rect has none',
    ],
    [
      'fresh examples of an imported set',
      spec('ae', { fresh: true }),
      {
        ...images,
        recipe: { kind: 'imported' as const, format: 'IDX', files: [], seed: 1, options: {}, understood: null },
      },
      'fresh',
      'was imported',
    ],
  ])('do not: %s', (_, refused, dataset, path, message) => {
    expect(misfit(refused, dataset)).toMatchObject({ path, message: expect.stringContaining(message) as string })
  })
})

import { describe, expect, it } from 'vitest'
import { initialWeights } from '../../../src/main/models/initialise'
import { type SavedModel } from '../../../src/main/saved/savedModel'
import { readWeightFile, writeWeightFile, type NamedArrays } from '../../../src/main/saved/weightFile'
import type { WorkbenchError } from '../../../src/shared/errors'
import type { ModelDescription } from '../../../src/shared/model'
import { smallDescription } from '../../support/randomModel'
import { stackClasses, weightsOfClass } from '../../../src/main/models/classWeights'

const start = { factorStd: 0.1, mappingInit: 'small', meanX: new Float32Array(7), meanY: new Float32Array(6) } as const

const modelOf = (description: ModelDescription): SavedModel => ({
  description,
  classes: null,
  energy: 'conditional',
  preprocess: { contrast: false, center: false, whiten: false },
  weights: initialWeights(description, start, 1, 0),
  coefficients: null,
  otherCoefficients: null,
  centre: null,
  whitening: null,
})

const whitening = (pixels: number) => ({
  mean: Float32Array.from({ length: pixels }, (_, at) => at),
  matrix: Float32Array.from({ length: pixels ** 2 }, (_, at) => at / 3),
  epsilon: 0.5,
})

const classifier = (): SavedModel => {
  const description = smallDescription('mcae')
  return {
    ...modelOf(description),
    classes: 2,
    energy: 'diagonal',
    preprocess: { contrast: true, center: true, whiten: true },
    weights: stackClasses([1, 2].map((seed) => initialWeights(description, start, seed, 0))),
    coefficients: {
      B: Float32Array.of(1, 2),
      aM: Float32Array.of(3, 4),
      aC: Float32Array.of(5, 6),
      aB: Float32Array.of(7, 8),
    },
    centre: { x: new Float32Array(7).fill(0.5), y: null },
    whitening: { x: whitening(7), y: null },
  }
}

const own = { visible: 'bernoulli', decoder: 'own' } as const
/** Leaves out what a file without `preprocess` in its meta does not know. */
const bare = Object.fromEntries(
  ['centreX', 'whitenX', 'whitenMeanX', 'whitenEpsilonX'].map((name) => [name, undefined]),
)
const edited = (
  changes: Record<string, NamedArrays[string] | undefined>,
  model = modelOf(smallDescription('mcae')),
) => {
  const entries = Object.entries({ ...writeWeightFile(model, null), ...changes })
  return Object.fromEntries(entries.filter(([, array]) => array !== undefined)) as NamedArrays
}

describe('weight files', () => {
  const kinds = ['ae', 'cae', 'gae', 'mcae'] as const
  it.each([
    ...kinds.flatMap((kind) => [smallDescription(kind, 'tanh'), smallDescription(kind, 'relu', own)]),
    smallDescription('gae', 'tanh', { tied: true }),
    smallDescription('gae', 'tanh', { ...own, tied: true }),
  ])('are read as they were written ($kind, $visible, decoder $decoder, tied $tied)', (description) => {
    const model = modelOf(description)
    const { model: read, assumed } = readWeightFile(writeWeightFile(model, null), 'a.npz')
    expect(read).toEqual(model)
    expect(assumed).toEqual([])
  })

  it('of classifiers keep coefficients, energy, class names and preprocessing', () => {
    const { model, classNames } = readWeightFile(writeWeightFile(classifier(), ['tall', 'wide']), 'a.npz')
    expect(model).toEqual(classifier())
    expect(classNames).toEqual(['tall', 'wide'])
    const second = weightsOfClass(model, 1)
    expect(second).toEqual(initialWeights(model.description, start, 2, 0))
    expect(() => weightsOfClass(model, 2)).toThrowError(/no class 2/)
  })

  it('without meta are taken as sigmoid and gaussian, which is said; the kind follows from the names', () => {
    const { model, assumed } = readWeightFile(edited({ meta: undefined }), 'a.npz')
    expect(model.description).toEqual(smallDescription('mcae'))
    expect(assumed).toEqual([
      'a.npz names no activation: sigmoid is taken.',
      'a.npz names no kind of visible units: gaussian is taken.',
    ])
  })

  it.each<[string, NamedArrays, string]>([
    ['a missing array', edited({ WM: undefined }), 'WEIGHTS_MISSING'],
    ['a bias of another size', edited({ c: { shape: [4], data: new Float32Array(4) } }), 'WEIGHTS_SHAPE'],
    ['a matrix without its second axis', edited({ WM: { shape: [4], data: new Float32Array(4) } }), 'WEIGHTS_SHAPE'],
    ['an array of no part of the model', edited({ Q: { shape: [1], data: new Float32Array(1) } }), 'WEIGHTS_UNKNOWN'],
    ['a weight that is no number', edited({ c: { shape: [3], data: Float32Array.of(0, NaN, 0) } }), 'WEIGHTS_VALUE'],
    ['text in place of numbers', edited({ c: 'zero' }), 'WEIGHTS_VALUE'],
    ['meta that is no JSON', edited({ meta: 'mcae' }), 'WEIGHTS_META'],
    ['an unknown activation', edited({ meta: '{"kind": "mcae", "activation": "swish"}' }), 'WEIGHTS_META'],
    ['visibles of another kind', edited({ meta: '{"kind": "mcae", "visible": "poisson"}' }), 'VISIBLE_UNKNOWN'],
    [
      'Bernoulli visibles of preprocessed images',
      edited({ meta: '{"kind": "mcae", "visible": "bernoulli", "preprocess": {"contrast": true}}' }),
      'VISIBLE_PREPROCESS',
    ],
    ['an unknown decoder', edited({ meta: '{"kind": "mcae", "decoder": "half"}' }), 'WEIGHTS_META'],
    ['a decoder of its own that is missing', edited({ meta: '{"kind": "mcae", "decoder": "own"}' }), 'WEIGHTS_MISSING'],
    [
      'a decoder that the file calls tied',
      edited({ V: { shape: [3, 7], data: new Float32Array(21) } }),
      'WEIGHTS_UNKNOWN',
    ],
    [
      'a classifier with a decoder of its own',
      edited({ meta: '{"kind": "mcae", "decoder": "own"}', ...bare }, classifier()),
      'NO_ENERGY',
    ],
    ['names of no model', { Q: { shape: [1], data: new Float32Array(1) } }, 'WEIGHTS_KIND'],
    [
      'coefficients of another class count',
      edited({ aM: { shape: [3], data: new Float32Array(3) } }, classifier()),
      'WEIGHTS_SHAPE',
    ],
    [
      'class names of another count',
      edited({ meta: '{"kind": "mcae", "classes": ["a"]}', ...bare }, classifier()),
      'WEIGHTS_META',
    ],
    ['a missing mean image', edited({ centreX: undefined }, classifier()), 'WEIGHTS_MISSING'],
    ['a missing whitening', edited({ whitenX: undefined }, classifier()), 'WEIGHTS_MISSING'],
    [
      'a whitening of other images',
      edited({ whitenMeanX: { shape: [6], data: new Float32Array(6) } }, classifier()),
      'WEIGHTS_SHAPE',
    ],
  ])('refuse %s', (_, arrays, code) => {
    expect(() => readWeightFile(arrays, 'a.npz')).toThrowError(expect.objectContaining({ code, where: 'a.npz' }))
  })

  it('without meta are taken to have a decoder of their own where its arrays are there', () => {
    const { model } = readWeightFile(
      edited({ meta: undefined }, modelOf(smallDescription('gae', 'sigmoid', own))),
      'a.npz',
    )
    expect(model.description).toEqual(smallDescription('gae', 'sigmoid', { decoder: 'own' }))
  })

  it('refuse a kind that contradicts the file', () => {
    expect(() => readWeightFile(edited({}), 'a.npz', 'cae')).toThrowError(
      expect.objectContaining({ code: 'WEIGHTS_KIND' }),
    )
  })

  it('say which axis of a wrong matrix is which, and whether a transpose would fit', () => {
    const turned = (names: readonly string[], model = modelOf(smallDescription('mcae'))) => {
      const arrays = writeWeightFile(model, null)
      const swapped = names.map((name) => {
        const { shape, data } = arrays[name] as { shape: readonly number[]; data: Float32Array }
        return [name, { shape: [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!], data }]
      })
      return { ...arrays, ...Object.fromEntries(swapped) } as NamedArrays
    }
    const refusal = (arrays: NamedArrays): WorkbenchError => {
      try {
        readWeightFile(arrays, 'a.npz')
      } catch (error) {
        return error as WorkbenchError
      }
      throw new Error('not refused')
    }
    const one = refusal(turned(['W']))
    expect(one.message).toBe('W is [7, 3]; its axes are [hidden, inputs], [3, 7] expected; c [hidden] is [3]')
    expect(one.remedy).toBe('The transpose of W would fit: save W.T.')
    expect(refusal(turned(['WM'])).remedy).toBe('The transpose of WM would fit: save WM.T.')
    expect(refusal(turned(['W', 'WF', 'WM'])).remedy).toBe(
      'The transpose of W, WF, WM would fit: save W.T, WF.T, WM.T.',
    )
    const ofClasses = {
      ...classifier(),
      preprocess: { contrast: false, center: false, whiten: false },
      centre: null,
      whitening: null,
    }
    expect(refusal(turned(['WM'], ofClasses)).remedy).toContain('WM.transpose(0, 2, 1)')
    const wide = refusal(edited({ c: { shape: [9], data: new Float32Array(9) } }))
    expect([wide.message, wide.remedy]).toEqual([
      'c is [9]; its axes are [hidden], [3] expected; hidden is 3 by W [hidden, inputs]',
      'No transpose of a matrix would fit: make the sizes agree.',
    ])
    expect(refusal(edited({ WM: { shape: [4], data: new Float32Array(4) } })).message).toBe(
      'WM is [4]; its axes are [mappings, factors]',
    )
  })
})

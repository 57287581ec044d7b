import { describe, expect, it } from 'vitest'
import { runSpecSchema } from '../../../src/shared/spec/schema'

const faults = (spec: object) => {
  const { error } = runSpecSchema.safeParse({ dataset: 'any', ...spec })
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
}

describe('rules between keys of a spec', () => {
  it('take Bernoulli visibles of pixels as they are, and a decoder of its own without a classifier', () => {
    expect(faults({ model: { kind: 'mcae', visible: 'bernoulli' }, classifier: {} })).toEqual([])
    expect(faults({ model: { kind: 'gae', visible: 'bernoulli', decoder: 'own' } })).toEqual([])
  })

  it.each(['contrast', 'center', 'whiten'])(
    'refuse Bernoulli visibles after %s, naming the key and the remedy',
    (step) => {
      const found = faults({ model: { kind: 'ae', visible: 'bernoulli' }, preprocess: { [step]: true } })
      expect(found).toEqual([
        `preprocess.${step}: Bernoulli visibles need pixels in [0,1], which ${step} leaves: set it to false, or model.visible to gaussian`,
      ])
    },
  )

  it('refuse to classify with a decoder of its own', () => {
    expect(faults({ model: { kind: 'cae', decoder: 'own' }, classifier: {} })).toEqual([
      'model.decoder: a decoder of its own has no energy to classify by: set it to tied, or leave classifier out',
    ])
  })
})

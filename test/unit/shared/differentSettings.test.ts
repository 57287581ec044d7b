import { describe, expect, it } from 'vitest'
import { readSpec } from '../../../src/shared/spec/read'
import { differentSettings } from '../../../src/shared/spec/settings'

const spec = (over: object = {}) => readSpec({ model: { kind: 'cae' }, dataset: 'rect', ...over }, 'spec')

describe('settings that differ', () => {
  it('are none of the same specs, though one writes its defaults out', () => {
    expect(differentSettings([spec(), spec({ batchSize: 100 }), spec()])).toEqual([])
  })

  it('have the value of each spec, whichever of them is the odd one', () => {
    const specs = [spec(), spec(), spec({ optimizer: { learningRate: 0.1 } })]
    const [found] = differentSettings(specs)
    expect(found).toEqual({ path: 'optimizer.learningRate', values: [0.01, 0.01, 0.1] })
    expect(differentSettings(specs.reverse())).toEqual([{ ...found, values: [0.1, 0.01, 0.01] }])
  })

  it('are null where a kind has no such key', () => {
    const found = differentSettings([spec({ model: { kind: 'ae', hidden: 7 } }), spec()])
    expect(found).toContainEqual({ path: 'model.kind', values: ['ae', 'cae'] })
    expect(found).toContainEqual({ path: 'model.hidden', values: [7, null] })
  })

  it('name a part that one lacks once, and its keys only where those that have it differ', () => {
    const [without, one, other] = [spec(), spec({ classifier: {} }), spec({ classifier: { finetune: 'all' } })]
    expect(differentSettings([without, one]).map(({ path }) => path)).toEqual(['classifier'])
    expect(differentSettings([without, one])[0]!.values[0]).toBeNull()
    expect(differentSettings([one, without, other]).map(({ path, values }) => [path, values[1]])).toEqual([
      ['classifier', null],
      ['classifier.finetune', null],
    ])
  })

  it('tell early stopping left out from another patience', () => {
    const [none, some] = [spec({ earlyStopping: null }), spec({ earlyStopping: { patience: 3 } })]
    expect(differentSettings([none, some])).toEqual([{ path: 'earlyStopping', values: [null, { patience: 3 }] }])
    expect(differentSettings([some, spec()])).toEqual([{ path: 'earlyStopping.patience', values: [3, 20] }])
  })
})

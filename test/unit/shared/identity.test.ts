import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/shared/datasets'
import { identityOf } from '../../../src/shared/spec/identity'
import { readSpec } from '../../../src/shared/spec/read'

const generated = (seed: number, train = 10): Pick<Dataset, 'hash' | 'recipe'> => ({
  hash: `of ${seed} and ${train}`,
  recipe: {
    kind: 'generated',
    generator: 'rectangles',
    seed,
    counts: { train, valid: 2, test: 2 },
    options: {},
    source: null,
  },
})
const imported = (hash: string): Pick<Dataset, 'hash' | 'recipe'> => ({
  hash,
  recipe: { kind: 'imported', format: 'IDX', files: [], seed: 1, options: {}, understood: null },
})
const spec = (over: object = {}) => readSpec({ model: { kind: 'ae' }, dataset: 'rect', ...over }, 'spec')

describe('two runs are the same but for chance', () => {
  it('with other seeds of start and of made data, under any name', () => {
    const one = identityOf(spec({ seed: 1 }), generated(1))
    expect(identityOf(spec({ seed: 2, dataset: 'rect-2' }), generated(2))).toBe(one)
    expect(identityOf(spec({ seed: 1, dataset: 'copy' }), imported('h'))).toBe(identityOf(spec(), imported('h')))
  })

  it('where a default is written out, or a key means nothing for the kind', () => {
    const said = spec({ model: { kind: 'ae', hidden: 512, factors: 3 } })
    expect(identityOf(said, generated(1))).toBe(identityOf(spec(), generated(1)))
  })

  it.each([
    ['another setting', spec({ epochs: 3 }), generated(1)],
    ['another size of the made data', spec(), generated(1, 11)],
    ['imported data', spec(), imported('h')],
    ['data that is no longer known', spec(), null],
  ])('not with %s', (_, other, data) => {
    expect(identityOf(other, data)).not.toBe(identityOf(spec(), generated(1)))
  })
})

import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../../src/shared/datasets'
import { checkSpec, parseSpecText } from '../../../../src/renderer/src/specForm/check'

const dataset = (over: Partial<Dataset>): Dataset => ({
  id: 'd1',
  name: 'digits',
  kind: 'images',
  shape: [28, 28],
  targetShape: null,
  classes: ['0', '1'],
  n: { train: 100, valid: 10, test: 10 },
  hash: 'a'.repeat(64),
  bytes: 1,
  recipe: { kind: 'imported', format: 'IDX', files: [], seed: 1, options: {}, understood: null },
  created: '2026-01-01T00:00:00.000Z',
  deleted: null,
  ...over,
})
const issuesOf = (spec: Record<string, unknown>, datasets: Dataset[] | null = null) =>
  Object.fromEntries(checkSpec(spec, null, datasets).issues)

describe('a spec as typed', () => {
  it('is told at the field what is wrong with it', () => {
    expect(issuesOf({ model: { kind: 'mcae', factors: 0.5, mappings: 0 }, dataset: 'digits', epochs: 'ten' })).toEqual({
      'model.factors': 'a whole number is needed',
      'model.mappings': 'at least 1',
      epochs: 'number expected, string found',
    })
  })

  it('needs a model kind and a dataset', () => {
    expect(issuesOf({ model: { kind: 'rbm' } })).toEqual({
      'model.kind': 'one of ae, cae, gae, mcae',
      dataset: 'needed',
    })
  })

  it('whitens no images larger than what can be whitened', () => {
    const spec = { model: { kind: 'ae' }, dataset: 'digits', preprocess: { whiten: true } }
    expect(issuesOf(spec, [dataset({ shape: [41, 40] })])).toEqual({
      'preprocess.whiten': 'whitening takes images of 1600 pixels at most; digits has 41 x 40',
    })
    expect(issuesOf(spec, [dataset({ shape: [40, 40] })])).toEqual({})
  })

  it('has no unknown keys', () => {
    expect(issuesOf({ model: { kind: 'ae', hiden: 3 }, dataset: 'd' })).toEqual({ model: 'unknown key: hiden' })
  })

  it('keeps keys of another kind in the text, and says that they mean nothing', () => {
    const check = checkSpec({ model: { kind: 'ae', factors: 3, tied: false }, dataset: 'd' }, null, null)
    expect(check.leftOut).toBe('model.factors, model.tied: left out, means nothing for model.kind ae')
    expect(check.spec?.model).not.toHaveProperty('factors')
  })

  it('may leave the dataset to its preset', () => {
    const check = checkSpec({ model: { kind: 'ae' } }, 'rectangles', [])
    expect(check.issues.size).toBe(0)
    expect(check.spec?.model).toMatchObject({ hidden: 512 })
  })
})

describe('a spec and its dataset', () => {
  it('must both be there', () => {
    expect(issuesOf({ model: { kind: 'ae' }, dataset: 'letters' }, [dataset({})])).toEqual({
      dataset: 'no such dataset',
    })
  })

  it('must both be of pairs or of images', () => {
    const pairs = dataset({ name: 'shifts', kind: 'pairs', classes: null })
    expect(issuesOf({ model: { kind: 'ae' }, dataset: 'shifts' }, [pairs])).toHaveProperty('dataset')
    expect(issuesOf({ model: { kind: 'gae' }, dataset: 'digits' }, [dataset({})])).toHaveProperty('dataset')
    expect(issuesOf({ model: { kind: 'gae' }, dataset: 'shifts' }, [pairs])).toEqual({})
  })

  it('must be of one shape for tied factors', () => {
    const pairs = dataset({ name: 'unlike', kind: 'pairs', classes: null, targetShape: [14, 14] })
    expect(issuesOf({ model: { kind: 'gae' }, dataset: 'unlike' }, [pairs])).toEqual({
      'model.tied': 'tied factors need x and y of one shape; unlike has 28 x 28 and 14 x 14',
    })
    expect(issuesOf({ model: { kind: 'gae', tied: false }, dataset: 'unlike' }, [pairs])).toEqual({})
  })

  it('must have classes for a classifier, and validation examples for early stopping', () => {
    const spec = { model: { kind: 'ae' }, dataset: 'digits' }
    expect(issuesOf({ ...spec, classifier: {} }, [dataset({ classes: null })])).toHaveProperty('classifier')
    const whole = dataset({ n: { train: 10, valid: 0, test: 0 } })
    expect(issuesOf(spec, [whole])).toHaveProperty('earlyStopping')
    expect(issuesOf({ ...spec, earlyStopping: null }, [whole])).toEqual({})
  })
})

describe('the text of a spec', () => {
  it('is told where it is no JSON', () => {
    const parsed = parseSpecText('{\n  "epochs": 8,\n}')
    expect(parsed.ok).toBe(false)
    expect(parsed).toHaveProperty('message', 'line 3, column 1: a key in double quotes is needed')
  })

  it('must be an object', () => {
    expect(parseSpecText('[1]')).toEqual({ ok: false, message: 'an object { ... } is needed' })
    expect(parseSpecText('{ "epochs": 8 }')).toEqual({ ok: true, spec: { epochs: 8 } })
  })
})

import { describe, expect, it } from 'vitest'
import { runSpecSchema } from '../../../../src/shared/spec/schema'
import { differing } from '../../../../src/shared/spec/settings'
import { allFields, fieldsFor } from '../../../../src/renderer/src/specForm/fields'
import { getAt, setAt } from '../../../../src/shared/spec/paths'
import { valueAt, withoutDefaults } from '../../../../src/shared/spec/nodes'

const pathsFor = (spec: Record<string, unknown>) =>
  fieldsFor(spec).flatMap(({ fields }) => fields.map(({ path }) => path))

describe('the fields', () => {
  it('are described by the schema', () => {
    const rate = allFields.find(({ path }) => path === 'optimizer.learningRate')
    expect(rate).toMatchObject({ control: 'number', help: 'step size', max: 10 })
    expect(allFields.find(({ path }) => path === 'model.kind')?.options).toEqual(['ae', 'cae', 'gae', 'mcae'])
  })

  it('are those that mean something for the model kind', () => {
    const ae = pathsFor({ model: { kind: 'ae' } })
    expect(ae).toContain('model.hidden')
    expect(ae).not.toContain('model.factors')
    const cae = pathsFor({ model: { kind: 'cae' } })
    expect(cae).toContain('model.factors')
    expect(cae).not.toContain('model.hidden')
    const gae = pathsFor({ model: { kind: 'gae' }, classifier: {} })
    expect(gae).toContain('model.objective')
    expect(gae.filter((path) => path.startsWith('classifier'))).toEqual([])
  })

  it('of fine-tuning show with `all` alone', () => {
    const spec = { model: { kind: 'mcae' }, classifier: { finetune: 'scales' } }
    expect(pathsFor(spec)).not.toContain('classifier.learningRate')
    expect(pathsFor(setAt(spec, 'classifier.finetune', 'all'))).toContain('classifier.learningRate')
  })
})

describe('a value', () => {
  it('is the default where nothing is written', () => {
    const spec = { model: { kind: 'mcae', factors: 7 } }
    expect(valueAt(spec, 'model.factors')).toBe(7)
    expect(valueAt(spec, 'model.mappings')).toBe(256)
    expect(valueAt(spec, 'earlyStopping.patience')).toBe(20)
  })

  it('is set on a copy, and taken away by undefined', () => {
    const spec = { model: { kind: 'ae' } }
    const longer = setAt(spec, 'optimizer.learningRate', 0.1)
    expect(getAt(longer, 'optimizer.learningRate')).toBe(0.1)
    expect(spec).toEqual({ model: { kind: 'ae' } })
    expect(setAt(longer, 'optimizer.learningRate', undefined)).toEqual({ model: { kind: 'ae' }, optimizer: {} })
  })
})

describe('changes', () => {
  const base = { model: { kind: 'mcae', factors: 100 }, earlyStopping: null }

  it('are counted by what counts, not by what is written', () => {
    expect(differing({ model: { kind: 'mcae', factors: 100, mappings: 256 }, earlyStopping: null }, base)).toEqual([])
    expect(differing({ model: { kind: 'mcae', factors: 50 }, earlyStopping: {} }, base)).toEqual([
      'model.factors',
      'earlyStopping',
    ])
  })
})

it('shortens a stored spec to what a person would write, without changing it', () => {
  const written = {
    model: { kind: 'cae' as const, factors: 100 },
    dataset: 'rect',
    earlyStopping: null,
    classifier: {},
  }
  const stored = runSpecSchema.parse(written)
  expect(withoutDefaults(stored)).toEqual(written)
  expect(runSpecSchema.parse(withoutDefaults(stored))).toEqual(stored)
})

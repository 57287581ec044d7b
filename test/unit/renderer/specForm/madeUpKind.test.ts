import { expect, it, vi } from 'vitest'
import { allFields, fieldsFor } from '../../../../src/renderer/src/specForm/fields'
import { kindName, type ModelKind } from '../../../../src/shared/kinds'

vi.mock('../../../../src/shared/kinds/registry', async (original) => {
  const { kinds } = await original<typeof import('../../../../src/shared/kinds/registry')>()
  const { plain } = await import('../../../support/madeUpKind/shared')
  return { kinds: { ...kinds, plain } }
})

it('shows a new kind and its own keys, without a change of the form', () => {
  expect(allFields.find(({ path }) => path === 'model.kind')?.options).toContain('plain')
  const shown = fieldsFor({ model: { kind: 'plain' } }).flatMap(({ fields }) => fields.map(({ path }) => path))
  expect(shown).toContain('model.hidden')
  expect(shown).not.toContain('model.factors')
  expect(shown).not.toContain('classifier.energy')
  expect(kindName('plain' as ModelKind)).toBe('auto-encoder without hidden biases')
})

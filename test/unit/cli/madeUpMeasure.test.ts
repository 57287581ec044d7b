import { expect, it, vi } from 'vitest'
import { documentOf, evaluationText } from '../../../src/main/cli/evaluationText'
import { evaluationDocument } from '../../../src/shared/measures'

vi.mock('../../../src/shared/splitMeasures', async (original) => {
  const { splitMeasures } = await original<typeof import('../../../src/shared/splitMeasures')>()
  const { wrongImages } = await import('../../support/madeUpMeasure')
  return { splitMeasures: [...splitMeasures, wrongImages] }
})

it('a new measure is in the JSON and the text of the command line', () => {
  const evaluation = {
    ...{ split: 'test', n: 40, loss: 1, error: 0.5, errorInterval: [0.4, 0.6] as [number, number] },
    ...{ nll: 0.7, confusion: null },
  }
  expect(documentOf(evaluation)).toMatchObject({ error: 0.5, nll: 0.7, n: 40, wrong: 20 })
  expect(evaluationDocument(evaluation, true)).toMatchObject({ wrong: 20 })
  expect(evaluationText('test', evaluation)).toEqual([
    'test error 50 % [40, 60], NLL 0.700, wrong 20 wrong (n 40)',
    '  95 % Wilson interval, images taken as independent',
  ])
})

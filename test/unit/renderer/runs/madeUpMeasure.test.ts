import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { runsCsv } from '../../../../src/renderer/src/export/runTables'
import RunFigures from '../../../../src/renderer/src/views/Run/RunFigures.vue'
import { runColumns } from '../../../../src/renderer/src/views/Runs/runColumns'
import type { RunDetail } from '../../../../src/shared/runs'
import { runSpecSchema } from '../../../../src/shared/spec/schema'

vi.mock('../../../../src/shared/splitMeasures', async (original) => {
  const { splitMeasures } = await original<typeof import('../../../../src/shared/splitMeasures')>()
  const { wrongImages } = await import('../../../support/madeUpMeasure')
  return { splitMeasures: [...splitMeasures, wrongImages] }
})

const evaluation = { loss: 1, error: 0.5, errorInterval: [0.4, 0.6] as [number, number], nll: 0.7, confusion: null }
const run = {
  ...{
    id: 'r1',
    name: 'run',
    status: 'done',
    dataset: 'rect',
    kind: 'ae',
    classifier: true,
    seed: 1,
    dataSeed: null,
    slot: 0,
  },
  ...{
    created: '2026-01-01T00:00:00.000Z',
    started: null,
    finished: null,
    deleted: null,
    error: null,
    tags: [],
    note: null,
    sweep: null,
    threads: null,
    position: null,
  },
  ...{ engine: 'onnx', device: 'cpu', dtype: 'float32', epochs: 3, seconds: 2, datasetHash: 'd', progress: null },
  valid: { ...evaluation, split: 'valid', n: 10 },
  test: { ...evaluation, split: 'test', n: 40 },
  spec: runSpecSchema.parse({ model: { kind: 'ae' }, dataset: 'rect', classifier: {} }),
} as unknown as RunDetail

it('a new measure is a column, part of the CSV, and a figure of the run page', () => {
  const column = runColumns.find(({ key }) => key === 'test.wrong')
  expect(column).toMatchObject({ title: 'Test wrong', meaning: 'Test wrong images, images', optional: true })
  expect([column?.text(run), column?.value?.(run)]).toEqual(['20 wrong', 20])

  const [head, row] = runsCsv([run])
    .split('\r\n')
    .map((line) => line.split(','))
  expect(row![head!.indexOf('test_wrong')]).toBe('20')
  expect(row![head!.indexOf('valid_wrong')]).toBe('5')
  expect(head!.slice(-2)).toEqual(['tags', 'note'])

  const figures = mount(RunFigures, { props: { run } })
  expect(figures.get('output[aria-label="Test wrong images"]').text()).toBe('20 wrong')
  expect(figures.get('output[aria-label="Test error"]').text()).toBe('50 % [40, 60]')
  expect(figures.get('output[aria-label="Negative log-likelihood"]').attributes('data-value')).toBe('0.7')
})

import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import {
  formatSort,
  matchesRun,
  newestFirst,
  parseSort,
  type RunSort,
} from '../../../../src/renderer/src/views/Runs/runColumns'
import { useRunsTable } from '../../../../src/renderer/src/views/Runs/useRunsTable'
import type { RunSummary } from '../../../../src/shared/runs'

const run = (name: string, over: Partial<RunSummary> = {}): RunSummary => ({
  id: `id-${name}`,
  name,
  status: 'done',
  dataset: 'rect',
  kind: 'mcae',
  classifier: true,
  seed: 1,
  slot: 0,
  created: '2026-01-01T00:00:00.000Z',
  started: null,
  finished: null,
  deleted: null,
  engine: 'onnx',
  device: 'cpu',
  dtype: 'float32',
  epochs: 8,
  seconds: 3,
  datasetHash: 'd'.repeat(64),
  progress: null,
  valid: null,
  test: null,
  error: null,
  ...over,
})

const withError = (error: number) => ({
  test: { split: 'test', n: 1000, loss: 1, error, errorInterval: null, nll: 0.1, confusion: null },
})

const order = (runs: RunSummary[], sort: RunSort, filter = '') => {
  const scope = effectScope()
  const names = scope.run(() =>
    useRunsTable(ref(runs), ref(filter), ref(sort))
      .getRowModel()
      .rows.map((row) => row.original.name),
  )
  scope.stop()
  return names
}

describe('runs table', () => {
  const runs = [
    run('rect-10', { ...withError(0.02), status: 'running', finished: '2026-01-03T00:00:00.000Z' }),
    run('rect-9', { finished: '2026-01-05T00:00:00.000Z' }),
    run('digits', { ...withError(0.005), kind: 'ae', dataset: 'digits', finished: '2026-01-04T00:00:00.000Z' }),
  ]

  it('sorts by error with runs that have none at the end, both ways', () => {
    expect(order(runs, { by: 'error', descending: false })).toEqual(['digits', 'rect-10', 'rect-9'])
    expect(order(runs, { by: 'error', descending: true })).toEqual(['rect-10', 'digits', 'rect-9'])
  })

  it('sorts names as people count', () => {
    expect(order(runs, { by: 'name', descending: false })).toEqual(['digits', 'rect-9', 'rect-10'])
  })

  it('puts running before done by status, and the newest first unless told', () => {
    expect(order(runs, { by: 'status', descending: false })![0]).toBe('rect-10')
    expect(order(runs, newestFirst)).toEqual(['rect-9', 'digits', 'rect-10'])
  })

  it('sorts anew only when the order changes', async () => {
    const sort = ref<RunSort>(newestFirst)
    const scope = effectScope()
    const table = scope.run(() => useRunsTable(ref(runs), ref(''), sort))!
    const before = table.getRowModel()
    await nextTick()
    expect(table.getRowModel()).toBe(before)
    sort.value = { by: 'error', descending: false }
    await nextTick()
    expect(table.getRowModel().rows[0]!.original.name).toBe('digits')
    expect(table.getRowModel()).toBe(table.getRowModel())
    scope.stop()
  })

  it('filters by every word, whatever the case', () => {
    expect(order(runs, newestFirst, 'MCAE rect')).toEqual(['rect-9', 'rect-10'])
    expect(order(runs, newestFirst, '  ')).toHaveLength(3)
    expect(matchesRun(runs[2]!, 'digits mcae')).toBe(false)
  })
})

describe('order in the route', () => {
  it('survives being written and read', () => {
    for (const sort of [
      newestFirst,
      { by: 'error', descending: true },
      { by: 'name', descending: false },
    ] as RunSort[]) {
      expect(parseSort(formatSort(sort))).toEqual(sort)
    }
  })
  it('is the newest first where the route says nothing or nonsense', () => {
    expect(parseSort('nonsense')).toEqual(newestFirst)
    expect(formatSort(newestFirst)).toBeNull()
  })
})

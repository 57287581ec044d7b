import { describe, expect, it } from 'vitest'
import { sortRows } from '../../../../src/renderer/src/components/grid/column'
import { columnsShowing, matchesRun, runColumns } from '../../../../src/renderer/src/views/Runs/runColumns'
import { measures } from '../../../../src/shared/measures'
import type { RunSummary } from '../../../../src/shared/runs'

const run = (name: string, over: Partial<RunSummary> = {}): RunSummary => ({
  id: `id-${name}`,
  name,
  status: 'done',
  dataset: 'rect',
  kind: 'mcae',
  classifier: true,
  seed: 1,
  dataSeed: null,
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
  tags: [],
  note: null,
  sweep: null,
  threads: null,
  position: null,
  ...over,
})

const withError = (error: number) => ({
  test: { split: 'test', n: 1000, loss: 1, error, errorInterval: null, nll: 0.1, confusion: null },
})

const order = (runs: RunSummary[], by: string, descending = false) =>
  sortRows(
    runs,
    runColumns.find(({ key }) => key === by)!,
    descending,
  ).map(({ name }) => name)

describe('runs table', () => {
  const runs = [
    run('rect-10', { ...withError(0.02), status: 'running', finished: '2026-01-03T00:00:00.000Z' }),
    run('rect-9', { finished: '2026-01-05T00:00:00.000Z' }),
    run('digits', { ...withError(0.005), kind: 'ae', dataset: 'digits', finished: '2026-01-04T00:00:00.000Z' }),
  ]

  it('sorts by error with runs that have none at the end, both ways', () => {
    expect(order(runs, 'error')).toEqual(['digits', 'rect-10', 'rect-9'])
    expect(order(runs, 'error', true)).toEqual(['rect-10', 'digits', 'rect-9'])
  })

  it('sorts names as people count', () => {
    expect(order(runs, 'name')).toEqual(['digits', 'rect-9', 'rect-10'])
  })

  it('puts running before done by status, and the newest first by when', () => {
    expect(order(runs, 'status')[0]).toBe('rect-10')
    expect(order(runs, 'when', true)).toEqual(['rect-9', 'digits', 'rect-10'])
    expect(runColumns.find(({ key }) => key === 'when')).toMatchObject({ largestFirst: true })
  })

  it('has every cell in words, also of what a run has not yet', () => {
    const words = runColumns.map(({ text }) => text(run('new', { engine: null, status: 'queued' })))
    expect(words.slice(0, 9)).toEqual(['new', 'queued', 'rect', 'mcae', '--', '1', '--', '--', 'cpu'])
    expect(words.slice(9, -4)).toEqual(measures.slice(2).map(() => '--'))
    expect(words.slice(-4)).toEqual(['3.0 s', expect.stringContaining('2026'), '--', '--'])
  })

  it('filters by every word, whatever the case', () => {
    expect(runs.filter((one) => matchesRun(one, 'MCAE rect')).map(({ name }) => name)).toEqual(['rect-10', 'rect-9'])
    expect(runs.every((one) => matchesRun(one, ''))).toBe(true)
    expect(matchesRun(runs[2]!, 'digits mcae')).toBe(false)
    expect(matchesRun(run('told', { tags: ['paper'], note: 'The best\nof all' }), 'PAPER best')).toBe(true)
  })

  it('shows tags and notes in a line, at first only where they are asked for', () => {
    const told = run('told', { tags: ['best', 'paper'], note: 'One.\n\nTwo.' })
    const text = (key: string) => runColumns.find((column) => column.key === key)!.text(told)
    expect([text('tags'), text('note')]).toEqual(['best, paper', 'One. Two.'])
    const atFirst = (shown: string[]) =>
      columnsShowing(shown)
        .filter(({ optional }) => !optional)
        .map(({ key }) => key)
    expect(atFirst(['tags'])).toEqual([...atFirst([]), 'tags'])
    expect(atFirst([])).not.toContain('note')
  })
})

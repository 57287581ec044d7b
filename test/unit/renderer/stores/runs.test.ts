import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { watch } from 'vue'
import type { WorkbenchEvent } from '../../../../src/shared/events'
import type { Progress, RunSummary } from '../../../../src/shared/runs'
import { useEventsStore } from '../../../../src/renderer/src/stores/events'
import { useMetricsStore } from '../../../../src/renderer/src/stores/metrics'
import { useRunsStore } from '../../../../src/renderer/src/stores/runs'

const pipe = vi.hoisted(() => ({
  handlers: null as null | { onStarted(): void; onData(event: unknown): void },
  runs: [] as unknown[],
  metrics: [] as unknown[],
}))

vi.mock('../../../../src/renderer/src/api/client', () => ({
  api: {
    events: { follow: { subscribe: (_: undefined, handlers: typeof pipe.handlers) => (pipe.handlers = handlers) } },
    runs: {
      list: { query: async ({ inBin }: { inBin: boolean }) => (inBin ? [] : pipe.runs) },
      metrics: { query: async () => pipe.metrics },
    },
  },
}))

const run = (over: Partial<RunSummary>) =>
  ({
    id: 'a',
    name: 'a',
    status: 'running',
    deleted: null,
    created: '2026-01-01',
    progress: null,
    ...over,
  }) as RunSummary
const progress = (fraction: number) => ({ fraction }) as Progress
const tell = (event: WorkbenchEvent) => pipe.handlers?.onData(event)
const metric = (epoch: number, trainLoss: number) =>
  ({ phase: 'pretrain', class: 0, epoch, trainLoss, validLoss: null, validError: null, seconds: 1 }) as const

beforeEach(() => {
  setActivePinia(createPinia())
  pipe.runs = [run({}), run({ id: 'b', status: 'done', created: '2026-01-02' })]
  pipe.metrics = []
})

async function connect() {
  const runs = useRunsStore()
  useEventsStore().start()
  pipe.handlers?.onStarted()
  await vi.waitFor(() => expect(runs.loaded).toBe(true))
  return runs
}

describe('the runs of a window', () => {
  it('are the newest first', async () => {
    const runs = await connect()
    expect(runs.list.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(runs.newestDone?.id).toBe('b')
  })

  it('follow events', async () => {
    const runs = await connect()
    tell({ type: 'progress', run: 'a', progress: progress(0.4) })
    expect(runs.progressOf(runs.byId('a')!)?.fraction).toBe(0.4)
    tell({ type: 'run', run: run({ status: 'done' }) })
    expect(runs.byId('a')?.status).toBe('done')
    tell({ type: 'run', run: run({ id: 'b', deleted: '2026-01-03' }) })
    expect(runs.list.map(({ id }) => id)).toEqual(['a'])
    expect(runs.bin.map(({ id }) => id)).toEqual(['b'])
  })

  it('are asked for again after a gap', async () => {
    const runs = await connect()
    pipe.runs = [run({ status: 'failed' })]
    pipe.handlers?.onStarted()
    await vi.waitFor(() => expect(runs.list.map(({ status }) => status)).toEqual(['failed']))
  })

  it('keep what an event told while the list was on its way', async () => {
    const runs = await connect()
    const loading = runs.load()
    tell({ type: 'run', run: run({ status: 'done' }) })
    await loading
    expect(runs.byId('a')?.status).toBe('done')
  })
})

it('adds epochs to those that were loaded, each once', async () => {
  await connect()
  const metrics = useMetricsStore()
  pipe.metrics = [metric(1, 3), metric(2, 2)]
  await metrics.load('a')
  tell({ type: 'metrics', run: 'a', metrics: [metric(2, 2), metric(3, 1)] })
  tell({ type: 'metrics', run: 'unwatched', metrics: [metric(1, 9)] })
  expect(metrics.of('a').map(({ trainLoss }) => trainLoss)).toEqual([3, 2, 1])
  expect(metrics.of('unwatched')).toEqual([])
})

it('shows epochs that come by the hundred in a few steps, and drops none', async () => {
  vi.useFakeTimers()
  const metrics = useMetricsStore()
  useEventsStore().start()
  await metrics.load('a')
  const shown: number[] = []
  const end = watch(
    () => metrics.of('a').length,
    (length) => shown.push(length),
    { flush: 'sync' },
  )
  for (let epoch = 1; epoch <= 1000; epoch += 1) {
    tell({ type: 'metrics', run: 'a', metrics: [metric(epoch, 1)] })
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(1000)
  end()
  vi.useRealTimers()
  expect(shown.length).toBeLessThan(6)
  expect(shown.at(-1)).toBe(1000)
})

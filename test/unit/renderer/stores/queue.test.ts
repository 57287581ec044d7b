import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { doneText, threadsText } from '../../../../src/renderer/src/views/Queue/jobColumns'
import { leftText } from '../../../../src/renderer/src/views/Queue/leftText'
import { useEventsStore } from '../../../../src/renderer/src/stores/events'
import { useQueueStore } from '../../../../src/renderer/src/stores/queue'
import type { WorkbenchEvent } from '../../../../src/shared/events'
import type { Job, Queue } from '../../../../src/shared/queue'
import type { Progress } from '../../../../src/shared/runs'

const pipe = vi.hoisted(() => ({
  handlers: null as null | { onStarted(): void; onData(event: unknown): void },
  order: ['a', 'b', 'c'],
  reads: 0,
  /** Ends the move that is on its way. */
  moved: null as null | ((queue: unknown) => void),
}))

vi.mock('../../../../src/renderer/src/api/client', () => ({
  api: {
    events: { follow: { subscribe: (_: undefined, handlers: typeof pipe.handlers) => (pipe.handlers = handlers) } },
    queue: {
      list: {
        query: async () => {
          pipe.reads++
          return queue(...pipe.order)
        },
      },
      move: { mutate: () => new Promise((resolve) => (pipe.moved = resolve)) },
    },
  },
}))

const job = (run: string, over: Partial<Job> = {}) =>
  ({ run, name: run, status: 'queued', position: 1, eta: null, progress: null, threads: null, ...over }) as Job
const queue = (...order: string[]) =>
  ({
    paused: false,
    runs: order.map((run, place) => job(run, place === 0 ? { status: 'running', position: null } : {})),
  }) as Queue
const tell = (event: WorkbenchEvent) => pipe.handlers?.onData(event)
const names = (store: ReturnType<typeof useQueueStore>) => store.queue?.runs.map(({ run }) => run).join('')

beforeEach(() => {
  setActivePinia(createPinia())
  Object.assign(pipe, { order: ['a', 'b', 'c'], reads: 0, moved: null })
})

async function connect() {
  const store = useQueueStore()
  useEventsStore().start()
  pipe.handlers?.onStarted()
  await vi.waitFor(() => expect(store.queue).not.toBeNull())
  return store
}

it('knows what works and what waits, and follows the progress of what works', async () => {
  const store = await connect()
  expect([store.running.map(({ run }) => run), store.waiting.map(({ run }) => run)]).toEqual([['a'], ['b', 'c']])
  tell({ type: 'progress', run: 'a', progress: { fraction: 0.5 } as Progress })
  expect(store.progressOf(store.running[0]!)?.fraction).toBe(0.5)
  pipe.order = ['b', 'c']
  tell({ type: 'run', run: { id: 'a', status: 'done' } as never })
  await vi.waitFor(() => expect(names(store)).toBe('bc'))
})

it('reads once for a burst of events, and nothing for runs that are none of its own', async () => {
  const store = await connect()
  const before = pipe.reads
  tell({ type: 'run', run: { id: 'elsewhere', status: 'done' } as never })
  for (let burst = 0; burst < 5; burst++) tell({ type: 'queue' })
  pipe.order = ['a', 'c', 'b']
  await vi.waitFor(() => expect(names(store)).toBe('acb'))
  expect(pipe.reads).toBe(before + 1)
})

it('is not thrown back by what was read before an act had its answer', async () => {
  const store = await connect()
  const move = store.move('c', 1)
  // An older order, asked for by an event in the meantime.
  await store.load()
  expect(names(store)).toBe('abc')
  pipe.order = ['a', 'c', 'b']
  pipe.moved?.(queue('a', 'c', 'b'))
  await move
  expect(names(store)).toBe('acb')
  await vi.waitFor(() => expect(pipe.reads).toBe(2))
  expect(names(store)).toBe('acb')
})

it('says what is left in words, and where nothing is known', () => {
  const left = (over: Partial<Queue>) => leftText({ runs: [job('a'), job('b')], left: null, unknown: 0, ...over })
  expect(left({ left: 300 })).toBe('~5 min left')
  expect(left({ unknown: 2 })).toBe('No estimate yet: no run like them has finished here')
  expect(left({ unknown: 1 })).toBe('No estimate yet for 1 run of 2: no run like it has finished here')
  expect(left({ runs: [] })).toBe('')
  expect(doneText(job('a'))).toBe('no estimate yet')
  expect(doneText(job('a', { status: 'running' }))).toBe('measuring')
  expect(doneText(job('a', { eta: 50 }))).toBe('~50 s')
  expect([null, 1, 2].map((threads) => threadsText(job('a', { threads })))).toEqual([
    'all cores',
    '1 thread',
    '2 threads',
  ])
})

import { describe, expect, it } from 'vitest'
import type { Progress } from '../../../src/shared/runs'
import { EventBus } from '../../../src/main/workbench/events'

const progress = (step: number): Progress => ({
  t: 0,
  phase: 'pretrain',
  class: null,
  epoch: 1,
  epochs: 2,
  step,
  loss: 1,
  fraction: 0,
  eta: null,
})

describe('EventBus', () => {
  it('tells each reader all events, and only the latest progress of a run to a slow one', async () => {
    const bus = new EventBus()
    const stop = new AbortController()
    const events = bus.subscribe(stop.signal)
    bus.emit({ type: 'progress', run: 'a', progress: progress(1) })
    bus.emit({ type: 'metrics', run: 'a', metrics: [] })
    bus.emit({ type: 'progress', run: 'b', progress: progress(7) })
    bus.emit({ type: 'progress', run: 'a', progress: progress(2) })
    const seen: unknown[] = []
    for await (const event of events) {
      seen.push(event.type === 'progress' ? `${event.run} ${event.progress.step}` : event.type)
      if (seen.length === 3) stop.abort()
    }
    expect(seen).toEqual(['metrics', 'b 7', 'a 2'])
  })

  it('wakes a reader that waits, and ends when the signal aborts', async () => {
    const bus = new EventBus()
    const stop = new AbortController()
    const events = bus.subscribe(stop.signal)[Symbol.asyncIterator]()
    const first = events.next()
    bus.emit({ type: 'datasets' })
    expect((await first).value).toEqual({ type: 'datasets' })
    const second = events.next()
    stop.abort()
    expect((await second).done).toBe(true)
  })
})

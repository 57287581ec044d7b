import { setTimeout as wait } from 'node:timers/promises'
import type { Progress } from '../../shared/runs'
import type { SweepDetail, SweepProgress } from '../../shared/sweeps'
import type { Store } from '../store/store'
import type { EventBus } from './events'
import type { RunQueue } from './queue'
import type { SweepService } from './sweeps'

/** How often it is seen what other processes did. */
const lookMilliseconds = 500

/** How a sweep stands while it is worked off. */
export interface SweepWork extends SweepProgress {
  /** Seconds since this process began. */
  t: number
  /** Seconds until all is done, at the pace since then; null while measuring. */
  eta: number | null
  /** The queue stands still: nothing is started. */
  paused: boolean
  /** The latest word of a run that works here. */
  latest: { run: string; progress: Progress } | null
}

export interface WorkOptions {
  signal: AbortSignal
  onWork(work: SweepWork): void
}

interface Dependencies {
  store: Store
  events: EventBus
  sweeps: SweepService
  queue: RunQueue
}

/**
 * Works a sweep off in this process, beside whoever else does: with the slots of the queue, rung after rung, until nothing
 * of it waits or runs anywhere. A run whose process ends meanwhile is taken up again, once.
 */
export class SweepWorker {
  constructor(private readonly dependencies: Dependencies) {}

  /** @returns how it stands then; after a signal to stop what runs here is put back into the queue by its end */
  async work(id: string, { signal, onWork }: WorkOptions): Promise<SweepDetail> {
    const { store, sweeps, queue, events } = this.dependencies
    const { name } = await sweeps.get({ sweep: id })
    const ended = new AbortController()
    const latest: { run: string; progress: Progress }[] = []
    const follow = async () => {
      for await (const event of events.subscribe(ended.signal)) {
        if (event.type === 'progress') latest[0] = event
      }
    }
    const following = follow()
    queue.start(name)
    const began = performance.now()
    const adopted = new Set<string>()
    let before: number | null = null
    try {
      for (;;) {
        await this.#adopt(id, adopted)
        await sweeps.advance(id)
        const detail = await sweeps.get({ sweep: id })
        const { progress } = detail
        before ??= progress.fraction
        const t = (performance.now() - began) / 1000
        const gained = progress.fraction - before
        const eta = progress.fraction === 1 ? 0 : gained < 0.01 ? null : (t * (1 - progress.fraction)) / gained
        const { paused } = await store.queue.kept()
        onWork({ ...progress, t, eta, paused, latest: latest[0] ?? null })
        if (signal.aborted || (progress.queued === 0 && progress.running === 0)) break
        await wait(lookMilliseconds, undefined, { signal }).catch(() => undefined)
      }
    } finally {
      ended.abort()
      await following
      await queue.close()
    }
    return sweeps.get({ sweep: id })
  }

  /** Takes up what a process left that ended while this one works. */
  async #adopt(id: string, adopted: Set<string>): Promise<void> {
    const { store, queue } = this.dependencies
    const died = await store.leases.markInterrupted(queue.running)
    if (died.length === 0) return
    for (const { run } of await store.sweeps.runs(id)) {
      if (run === null || !died.includes(run) || adopted.has(run)) continue
      adopted.add(run)
      if (await store.runs.enqueue(run)) void queue.look()
    }
  }
}

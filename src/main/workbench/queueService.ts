import { availableParallelism } from 'node:os'
import type { z } from 'zod'
import type { moveRequestSchema, Job, Queue } from '../../shared/queue'
import type { QueueApi } from '../api/queue'
import type { FinishedRow, JobRow, KeptQueue } from '../store/queue'
import type { Store } from '../store/store'
import type { EventBus } from './events'
import { JobTimes } from './jobTimes'
import type { RunQueue } from './queue'
import { roomOf, widthOf } from './room'
import { finishTimes, lastOf } from './schedule'

/** So many finished runs are looked through for some that are like those that wait. */
const mostFinished = 300

interface Dependencies {
  store: Store
  events: EventBus
  queue: Pick<RunQueue, 'look'>
  cores?: number
}

/** A user's acts on the queue, which is one for all processes of a data folder. */
export class QueueService implements QueueApi {
  #times = new JobTimes([], [])

  constructor(private readonly dependencies: Dependencies) {}

  async list(): Promise<Queue> {
    const { queue, leases } = this.dependencies.store
    const [kept, running, queued, waiting, finished, interrupted] = await Promise.all([
      queue.kept(),
      queue.running(),
      queue.queued(),
      leases.waiting(),
      queue.finished(mostFinished),
      queue.interrupted(),
    ])
    // One that its maker is about to claim waits for nobody else.
    const free = new Set(waiting)
    const waits = queued.filter(({ id }) => free.has(id))
    return { ...this.#told(kept, running, waits, finished), interrupted: interrupted.length }
  }

  pause(): Promise<Queue> {
    return this.#keep({ paused: true })
  }

  resume(): Promise<Queue> {
    return this.#keep({ paused: false })
  }

  async resumeInterrupted(): Promise<Queue> {
    const { store, events } = this.dependencies
    for (const id of await store.queue.interrupted()) {
      if (await store.runs.enqueue(id)) events.emit({ type: 'run', run: await store.runs.summary(id) })
    }
    return this.#changed()
  }

  setSlots({ slots }: { slots: number | null }): Promise<Queue> {
    return this.#keep({ slots })
  }

  /** @throws WorkbenchError RUN_NOT_FOUND, RUN_NOT_WAITING, NO_SUCH_PLACE */
  async move({ run, position }: z.output<typeof moveRequestSchema>): Promise<Queue> {
    const { store } = this.dependencies
    const id = await store.runs.find(run)
    await store.queue.move(id, position, await store.leases.waiting())
    return this.#changed()
  }

  async #keep(change: Partial<KeptQueue>): Promise<Queue> {
    await this.dependencies.store.queue.keep(change)
    return this.#changed()
  }

  /** Tells the windows, and whoever carries runs out. */
  #changed(): Promise<Queue> {
    const { events, queue } = this.dependencies
    events.emit({ type: 'queue' })
    void queue.look()
    return this.list()
  }

  #told(
    { paused, slots: chosen }: KeptQueue,
    running: readonly JobRow[],
    waiting: readonly JobRow[],
    finished: readonly FinishedRow[],
  ): Omit<Queue, 'interrupted'> {
    const cores = this.dependencies.cores ?? availableParallelism()
    const room = roomOf(chosen, cores)
    const times = (this.#times = this.#times.with(finished, running))
    const planned = (seconds: (row: JobRow) => number | null) => (row: JobRow) => ({
      run: row.id,
      width: widthOf(row, room),
      seconds: seconds(row),
    })
    const works = running.map(planned((row) => times.left(row)))
    const waits = waiting.map(planned((row) => times.whole(row)))
    const ends = finishTimes(works, waits, room.slots)
    const job = (row: JobRow, position: number | null): Job => ({
      run: row.id,
      name: row.name,
      status: row.status,
      position,
      // Nobody knows when a queue that stands still goes on.
      eta: paused && position !== null ? null : (ends.get(row.id) ?? null),
      slot: row.slot,
      kind: row.kind,
      dataset: row.dataset,
      engine: row.engine,
      device: row.device,
      dtype: row.dtype,
      threads: row.threads,
      progress: row.progress,
      sweep: row.sweep,
    })
    return {
      paused,
      chosen,
      slots: room.slots,
      cores,
      runs: [...running.map((row) => job(row, null)), ...waiting.map((row, place) => job(row, place + 1))],
      left: lastOf(ends),
      unknown: [...works, ...waits].filter(({ seconds }) => seconds === null).length,
    }
  }
}

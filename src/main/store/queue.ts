import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'
import type { Progress, RunStatus } from '../../shared/runs'

/** What is kept of the queue beside the runs. */
export interface KeptQueue {
  paused: boolean
  /** Null: nobody chose. */
  slots: number | null
}

/** What tells the time of a run. */
export interface FinishedRow {
  id: string
  spec: string
  /** Training images; null where its dataset is gone. */
  train: number | null
  threads: number | null
  seconds: number
}

/** A run that works or waits, with what is shown of it. */
export interface JobRow extends FinishedRow {
  name: string
  status: Extract<RunStatus, 'running' | 'queued'>
  slot: number
  kind: string
  dataset: string
  sweep: string | null
  engine: string | null
  device: string | null
  dtype: string | null
  generation: number
  progress: Progress | null
}

const trainSql = "(SELECT json_extract(n, '$.train') FROM datasets WHERE datasets.id = runs.dataset_id) AS train"

const jobColumns = [
  'id',
  'name',
  'status',
  'slot',
  'kind',
  'dataset',
  'generation',
  'threads',
  'sweep',
  'engine',
  'device',
  'dtype',
  'seconds',
  'progress',
  'spec',
] as const satisfies (keyof JobRow)[]

/** The order in which runs wait, and how the queue stands, for all processes of the folder. */
export class Queue {
  constructor(private readonly database: Knex) {}

  async kept(): Promise<KeptQueue> {
    const row = await this.database<{ paused: number; slots: number | null }>('queue').first('paused', 'slots')
    return { paused: Boolean(row?.paused), slots: row?.slots ?? null }
  }

  async keep(change: Partial<KeptQueue>): Promise<void> {
    await this.database('queue').where({ id: 1 }).update(change)
  }

  /** Runs that work, first come first, whoever works on them. */
  running(): Promise<JobRow[]> {
    return this.#jobs('running')
  }

  /** Runs that are queued, in their order; among them some that their maker is about to claim. */
  queued(): Promise<JobRow[]> {
    return this.#jobs('queued')
  }

  /** Runs whose process ended before them. */
  async interrupted(): Promise<string[]> {
    return this.database<{ id: string; status: RunStatus; deleted: string | null; created: string }>('runs')
      .where({ status: 'interrupted' })
      .whereNull('deleted')
      .orderBy('created')
      .pluck('id')
  }

  /** The newest runs that were trained to their end. */
  finished(most: number): Promise<FinishedRow[]> {
    return (
      this.database('runs')
        // As the index has it.
        .whereRaw("status = 'done' AND engine IS NOT NULL")
        .orderBy('finished', 'desc')
        .limit(most)
        .select('id', 'spec', 'threads', 'seconds', this.database.raw(trainSql))
    )
  }

  /**
   * Gives a waiting run another place.
   * @param place from 1, among `waiting`: those that wait, in their order
   * @throws RUN_NOT_WAITING, NO_SUCH_PLACE
   */
  async move(run: string, place: number, waiting: readonly string[]): Promise<void> {
    if (!waiting.includes(run)) throw await this.#notWaiting(run)
    if (place > waiting.length) {
      throw new WorkbenchError('NO_SUCH_PLACE', `The queue has no place ${place}`, {
        where: 'position',
        remedy: waiting.length === 1 ? 'One run waits: its place is 1.' : `Give a place from 1 to ${waiting.length}.`,
      })
    }
    const others = waiting.filter((id) => id !== run)
    const [before, after] = [others[place - 2], others[place - 1]]
    await this.database.transaction(async (within) => {
      // Takes the write lock first: nobody may come between what is read and what is written.
      await within('queue').where({ id: 1 }).update({ id: 1 })
      let position = await between(within, before, after)
      if (position === null) {
        await within.raw(`
          UPDATE runs SET position = place FROM (
            SELECT id AS placed, ROW_NUMBER() OVER (ORDER BY position, rowid) AS place
            FROM runs WHERE position IS NOT NULL
          ) WHERE id = placed`)
        position = await between(within, before, after)
      }
      await within('runs').where({ id: run, status: 'queued' }).update({ position })
    })
  }

  async #jobs(status: RunStatus): Promise<JobRow[]> {
    const rows = (await this.database('runs')
      .where({ status })
      .whereNull('deleted')
      .orderByRaw('position IS NULL, position, started, rowid')
      .select(...jobColumns, this.database.raw(trainSql))) as (JobRow & { progress: string | null })[]
    return rows.map((row) => ({ ...row, progress: row.progress && (JSON.parse(row.progress) as Progress) }))
  }

  async #notWaiting(id: string): Promise<WorkbenchError> {
    const row = await this.database<{ id: string; name: string; status: RunStatus }>('runs').where({ id }).first()
    return new WorkbenchError('RUN_NOT_WAITING', `${row?.name} is ${row?.status}`, {
      where: 'run',
      remedy: 'Only a run that waits in the queue has a place in it: see `queue list`.',
    })
  }
}

/** A position after one run and before another; null where the numbers between them are used up. */
async function between(database: Knex, before: string | undefined, after: string | undefined): Promise<number | null> {
  const of = async (id: string | undefined) =>
    id === undefined
      ? undefined
      : (await database<{ id: string; position: number | null }>('runs').where({ id }).first('position'))?.position
  const [low, high] = [await of(before), await of(after)]
  if (low == null && high == null) return 1
  if (low == null) return (high ?? 0) - 1
  if (high == null) return low + 1
  const middle = (low + high) / 2
  return middle > low && middle < high ? middle : null
}

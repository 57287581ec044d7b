import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { ErrorData } from '../../shared/errors'
import type { RunStatus } from '../../shared/runs'
import { now } from './identifier'
import { ownerIsDead, ownerTag, parseOwner, processIsDead } from './owner'
import { Silence, type Beat } from './silence'

/** A lease whose owner has not been heard of for so long is free. */
export const staleMilliseconds = 15_000

/** How often a run is looked at that somebody waits for: a living owner beats every second. */
const listenMilliseconds = 1000

const silent = `the process that worked on it was not heard of for ${staleMilliseconds / 1000} s: it hung, or its machine slept`

export interface Outcome {
  /** queued: it waits again, in its place of before, to go on from its checkpoint. */
  status: Exclude<RunStatus, 'running'>
  exitReason: string
  error: ErrorData | null
}

/** What runs may be taken out of the queue at once. */
export interface Room {
  slots: number
  /** Threads of a run that has none of its own and was never begun; null: as many as its phases want, and then all slots. */
  share: number | null
  /** Whether a run takes as many slots as it has threads; else one, whatever its threads. */
  whole: boolean
}

interface LeaseRow extends Beat {
  id: string
  status: RunStatus
  lease_owner: string | null
  lease_host: string | null
  lease_pid: number | null
}

/** What a test puts in the place of the machine's own. */
export interface LeaseFacts {
  /** Milliseconds since 1970: told to people, never compared. */
  wall(): number
  /** Milliseconds that only grow. */
  monotonic(): number
  isDead(pid: number): boolean
}

const machine: LeaseFacts = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  isDead: processIsDead,
}

/**
 * Who works on a run. Each claim raises the run's generation; whoever holds an older one can change nothing.
 *
 * No clock of one process is compared with another's, and none that people set is trusted: an owner that is not known to
 * be dead is silent when its heartbeat was not seen to move for fifteen seconds of the observer's own.
 */
export class Leases {
  readonly #facts: LeaseFacts
  readonly #silence: Silence
  /** Of the run that this process works on: when its seconds were last counted. */
  readonly #counted = new Map<string, number>()

  constructor(
    private readonly database: Knex,
    facts: Partial<LeaseFacts> = {},
  ) {
    this.#facts = { ...machine, ...facts }
    this.#silence = new Silence(this.#facts.monotonic)
  }

  /**
   * Takes a queued run, or one whose owner is gone, and sets it running.
   * @param owner tag of the claimer; `pid` is its process on this host
   * @returns the new generation, or null where another was faster, or it is not queued
   */
  async claim(run: string, owner = ownerTag(), pid = process.pid): Promise<number | null> {
    const orphan = await this.database<LeaseRow>('runs').where({ id: run, status: 'running' }).first()
    const orphanGeneration = orphan !== undefined && (await this.#isFree(orphan)) ? orphan.generation : -1
    const free = this.database('runs').where({ id: run, deleted: null })
    const claimed = free.where(
      (one) => void one.where({ status: 'queued' }).orWhere({ status: 'running', generation: orphanGeneration }),
    )
    return this.#claimed(run, claimed.update({ ...this.#claim(owner, pid), position: null }))
  }

  /**
   * Takes a run that waits out of the queue, if the queue stands open and the run finds room beside those that were taken
   * before, by whichever process: all in one statement, so that two who take at once never take too many.
   * @param onGpu it will work on a GPU: left to the workbench, one works there at a time, and alone
   * @returns the new generation, or null where there is no room, or another was faster
   */
  async take(run: string, { slots, share, whole }: Room, onGpu = false): Promise<number | null> {
    const values = { slots, share, whole, onGpu }
    // Once it was begun with the threads that its phases wanted, it goes on with as many.
    const threads = 'COALESCE(threads, CASE WHEN generation = 0 THEN :share END)'
    const width = (of: string, gpu: string) =>
      `CASE WHEN ${of} IS NULL OR (:whole AND ${gpu}) THEN :slots WHEN :whole THEN MIN(${of}, :slots) ELSE 1 END`
    const used = `SELECT COALESCE(SUM(${width('one.threads', "COALESCE(one.device, 'cpu') <> 'cpu'")}), 0)
      FROM runs AS one WHERE one.status = 'running' AND one.position IS NOT NULL`
    const room = this.database('runs')
      .where({ id: run, status: 'queued', deleted: null })
      .whereRaw('NOT EXISTS (SELECT 1 FROM queue WHERE paused)')
      .whereRaw(`(${used}) + ${width(`(${threads})`, ':onGpu')} <= :slots`, values)
    const change = { ...this.#claim(ownerTag(), process.pid), threads: this.database.raw(threads, values) }
    return this.#claimed(run, room.update(change))
  }

  /**
   * Tells that the owner lives, and counts its seconds of work.
   * @returns `lost` where another generation has taken over, `cancel` where somebody asked to stop, else `held`
   */
  async heartbeat(run: string, generation: number): Promise<'held' | 'cancel' | 'lost'> {
    const rows = (await this.#mine(run, generation).update(this.#beat(run)).returning('cancel')) as { cancel: number }[]
    if (rows[0] === undefined) return 'lost'
    return rows[0].cancel ? 'cancel' : 'held'
  }

  /** Ends the work on a run: its outcome and the lease's end in one step. False where another has taken over. */
  async release(run: string, generation: number, { status, exitReason, error }: Outcome): Promise<boolean> {
    const again = status === 'queued'
    const changed = await this.#mine(run, generation).update({
      ...this.#beat(run),
      status,
      queued: again ? now() : null,
      finished: again ? null : now(),
      exit_reason: exitReason,
      error: error && JSON.stringify(error),
      progress: null,
      ...(again ? {} : { position: null }),
      cancel: false,
      lease_owner: null,
      lease_host: null,
      lease_pid: null,
    })
    return changed > 0
  }

  /**
   * Runs that seem to run while their owner is gone become `interrupted`; returns their ids.
   * @param own the runs of this process: they live, however long the machine slept
   */
  async markInterrupted(own: readonly string[] = []): Promise<string[]> {
    const running = await this.database<LeaseRow>('runs').where({ status: 'running' }).whereNotIn('id', own)
    const marked: string[] = []
    for (const row of running) {
      if (!(await this.#isFree(row))) continue
      const changed = await this.#mine(row.id, row.generation)
        .where({ lease_heartbeat: row.lease_heartbeat })
        .update({
          status: 'interrupted',
          finished: new Date(row.lease_heartbeat ?? this.#facts.wall()).toISOString(),
          exit_reason: this.#ownerIsDead(row) ? 'the process that worked on it ended' : silent,
          progress: null,
          position: null,
          cancel: false,
          lease_owner: null,
          lease_host: null,
          lease_pid: null,
          // Raised, so that an owner that only slept finds itself replaced.
          generation: row.generation + 1,
        })
      if (changed > 0) marked.push(row.id)
    }
    return marked
  }

  /**
   * Runs that wait for whoever is free, in their order. One that its maker is about to carry out itself is the maker's
   * while that lives.
   * @param sweep only those that it made; null: all
   */
  async waiting(sweep: string | null = null): Promise<string[]> {
    const rows: LeaseRow[] = await this.database<LeaseRow>('runs')
      .where({ status: 'queued', ...(sweep === null ? {} : { sweep }) })
      .whereNull('deleted')
      .orderBy(['position', 'rowid'])
      .select('id', 'status', 'generation', 'lease_owner', 'lease_host', 'lease_pid', 'lease_heartbeat')
    const free = rows.filter(
      (row) => row.lease_pid === null || this.#ownerIsDead(row) || this.#silence.of(row) > staleMilliseconds,
    )
    return free.map(({ id }) => id)
  }

  /** Watches a run that seems to run, until its owner is heard of or is gone. A run of this process is not watched. */
  async listen(run: string, own: readonly string[] = []): Promise<void> {
    const beat = async () =>
      (await this.database<LeaseRow>('runs').where({ id: run, status: 'running' }).first())?.lease_heartbeat
    const before = own.includes(run) ? undefined : await beat()
    if (before === undefined) return
    do {
      await this.markInterrupted(own)
      if ((await beat()) !== before) return
      await wait(listenMilliseconds)
    } while ((await beat()) === before)
  }

  /** Whether a run that seems to run is nobody's. */
  async #isFree(row: LeaseRow): Promise<boolean> {
    if (this.#ownerIsDead(row)) return true
    if (this.#silence.of(row) <= staleMilliseconds) return false
    if (this.#silence.couldSpeak(row)) return true
    // An owner that waits for a store that somebody has locked is silent too: it gets its turn first.
    await this.database('runs').whereNull('id').update({ generation: 0 })
    this.#silence.letSpeak(row)
    return false
  }

  #ownerIsDead({ lease_owner, lease_host, lease_pid }: LeaseRow): boolean {
    const owner = parseOwner(lease_owner ?? '')
    if (owner !== null) return ownerIsDead(owner)
    return lease_host === hostname() && lease_pid !== null && this.#facts.isDead(lease_pid)
  }

  #claim(owner: string, pid: number): Record<string, unknown> {
    return {
      status: 'running',
      queued: null,
      started: this.database.raw('COALESCE(started, ?)', [now()]),
      finished: null,
      error: null,
      exit_reason: null,
      cancel: false,
      lease_owner: owner,
      lease_host: hostname(),
      lease_pid: pid,
      lease_heartbeat: this.#nextBeat(),
      generation: this.database.raw('generation + 1'),
    }
  }

  async #claimed(run: string, claim: Knex.QueryBuilder): Promise<number | null> {
    const rows = (await claim.returning('generation')) as { generation: number }[]
    this.#counted.set(run, this.#facts.monotonic())
    return rows[0]?.generation ?? null
  }

  #mine(run: string, generation: number): Knex.QueryBuilder {
    return this.database('runs').where({ id: run, generation, status: 'running' })
  }

  /** Moves with every beat, whatever the clock that people set does. */
  #nextBeat(): Knex.Raw {
    return this.database.raw('MAX(COALESCE(lease_heartbeat, 0) + 1, ?)', [Math.round(this.#facts.wall())])
  }

  #beat(run: string): Record<string, unknown> {
    const now = this.#facts.monotonic()
    const seconds = (now - (this.#counted.get(run) ?? now)) / 1000
    this.#counted.set(run, now)
    return { lease_heartbeat: this.#nextBeat(), seconds: this.database.raw('seconds + ?', [seconds]) }
  }
}

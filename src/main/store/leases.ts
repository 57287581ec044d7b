import { hostname } from 'node:os'
import type { Knex } from 'knex'
import type { ErrorData } from '../../shared/errors'
import type { RunStatus } from '../../shared/runs'
import { now } from './identifier'

/** A lease whose owner has not been heard of for so long is free. */
export const staleMilliseconds = 15_000

const silent = `the process that worked on it was not heard of for ${staleMilliseconds / 1000} s: it hung, or its machine slept`

export interface Outcome {
  status: Exclude<RunStatus, 'queued' | 'running'>
  exitReason: string
  error: ErrorData | null
}

interface LeaseRow {
  id: string
  status: RunStatus
  lease_host: string | null
  lease_pid: number | null
  lease_heartbeat: number | null
  generation: number
}

/** True where no process of this host has the id. One that belongs to another user counts as alive. */
export function processIsDead(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Who works on a run. Each claim raises the run's generation; whoever holds an older one can change nothing. */
export class Leases {
  constructor(
    private readonly database: Knex,
    private readonly clock: () => number = Date.now,
    private readonly isDead: (pid: number) => boolean = processIsDead,
  ) {}

  /**
   * Takes a queued run, or one whose owner is gone, and sets it running.
   * @param owner names the claimer; `pid` is its process on this host
   * @returns the new generation, or null where another was faster, or it is not queued
   */
  async claim(run: string, owner: string, pid: number): Promise<number | null> {
    const time = this.clock()
    const orphan = await this.database<LeaseRow>('runs').where({ id: run, status: 'running' }).first()
    const orphanGeneration = orphan !== undefined && this.isStale(orphan) ? orphan.generation : -1
    const rows = (await this.database('runs')
      .where({ id: run, deleted: null })
      .where(
        (free) => void free.where({ status: 'queued' }).orWhere({ status: 'running', generation: orphanGeneration }),
      )
      .update({
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
        lease_heartbeat: time,
        generation: this.database.raw('generation + 1'),
      })
      .returning('generation')) as { generation: number }[]
    return rows[0]?.generation ?? null
  }

  /**
   * Tells that the owner lives, and counts its seconds of work.
   * @returns `lost` where another generation has taken over, `cancel` where somebody asked to stop, else `held`
   */
  async heartbeat(run: string, generation: number): Promise<'held' | 'cancel' | 'lost'> {
    const rows = (await this.mine(run, generation).update(this.beat()).returning('cancel')) as { cancel: number }[]
    if (rows[0] === undefined) return 'lost'
    return rows[0].cancel ? 'cancel' : 'held'
  }

  /** Ends the work on a run: its outcome and the lease's end in one step. False where another has taken over. */
  async release(run: string, generation: number, { status, exitReason, error }: Outcome): Promise<boolean> {
    const changed = await this.mine(run, generation).update({
      ...this.beat(),
      status,
      finished: now(),
      exit_reason: exitReason,
      error: error && JSON.stringify(error),
      progress: null,
      cancel: false,
      lease_owner: null,
      lease_host: null,
      lease_pid: null,
    })
    return changed > 0
  }

  /**
   * Runs that seem to run while their owner is gone become `interrupted`; returns their ids.
   * @param own the run of this process: it lives, however long the machine slept
   */
  async markInterrupted(own: string | null = null): Promise<string[]> {
    const running = await this.database<LeaseRow>('runs')
      .where({ status: 'running' })
      .whereNot({ id: own ?? '' })
    const marked: string[] = []
    for (const row of running.filter((candidate) => this.isStale(candidate))) {
      const changed = await this.mine(row.id, row.generation)
        .where({ lease_heartbeat: row.lease_heartbeat })
        .update({
          status: 'interrupted',
          finished: new Date(row.lease_heartbeat ?? this.clock()).toISOString(),
          exit_reason: this.ownerIsDead(row) ? 'the process that worked on it ended' : silent,
          progress: null,
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

  private isStale(row: LeaseRow): boolean {
    return this.clock() - (row.lease_heartbeat ?? 0) > staleMilliseconds || this.ownerIsDead(row)
  }

  private ownerIsDead({ lease_host, lease_pid }: LeaseRow): boolean {
    return lease_host === hostname() && lease_pid !== null && this.isDead(lease_pid)
  }

  private mine(run: string, generation: number): Knex.QueryBuilder {
    return this.database('runs').where({ id: run, generation, status: 'running' })
  }

  private beat(): Record<string, unknown> {
    const time = this.clock()
    return {
      lease_heartbeat: time,
      seconds: this.database.raw('seconds + MAX(0, ? - lease_heartbeat) / 1000.0', [time]),
    }
  }
}

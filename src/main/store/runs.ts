import type { Knex } from 'knex'
import { WorkbenchError, type ErrorData } from '../../shared/errors'
import type { DeviceChoice } from '../../shared/devices'
import type { ModelKind } from '../../shared/kinds'
import type { Progress, RunDetail, RunStatus, RunSummary } from '../../shared/runs'
import type { Checkpoints } from './checkpoints'
import type { Datasets } from './datasets'
import { now } from './identifier'
import { held, insertRun, lastPlace, type NewRun } from './newRun'
import type { Results } from './results'
import { readGroupRows, type GroupRow } from './groupRows'
import { readPage, type PageQuery, type RunPage } from './runPage'
import { otherColumns, type RunRow, summaryColumns, type SummaryRow, toDetail, toSummary } from './runRow'

export interface Engine {
  engine: string
  device: string
  dtype: string
  versions: Record<string, string>
}

const notBegun = 'cancelled before it began'

interface Reference {
  id: string
  name: string
}

/** A run's spec as its JSON. */
export interface StoredSpec {
  id: string
  spec: string
  datasetId: string | null
}

export class Runs {
  constructor(
    private readonly database: Knex,
    private readonly datasets: Datasets,
    private readonly results: Results,
    private readonly checkpoints: Checkpoints,
  ) {}

  private rows(): Knex.QueryBuilder<RunRow, RunRow[]> {
    return this.database<RunRow>('runs')
  }

  async create(run: NewRun): Promise<RunSummary> {
    return this.summary(await insertRun(this.database, run))
  }

  /** Newest first. */
  async list({ inBin }: { inBin: boolean }): Promise<RunSummary[]> {
    const query = this.rows()
      .select<SummaryRow[]>(...summaryColumns, this.database.raw(otherColumns))
      .orderBy('created', 'desc')
      .orderBy('rowid', 'desc')
    const rows = await (inBin ? query.whereNotNull('deleted') : query.whereNull('deleted'))
    // Of the runs that are kept nearly all results are wanted; an empty bin reads none.
    const results = await this.results.listAll(inBin ? rows.map(({ id }) => id) : 'all')
    return rows.map((row) => toSummary(row, results.get(row.id) ?? []))
  }

  /** Specs of the runs that are kept with this kind of model and so many epochs, newest first; of older versions too. */
  async specsOf(kind: ModelKind, epochs: number): Promise<StoredSpec[]> {
    const rows = await this.rows()
      .select('id', 'spec', 'dataset_id')
      .where({ kind, deleted: null })
      .whereRaw("json_extract(spec, '$.epochs') = ?", [epochs])
      .orderBy('created', 'desc')
      .orderBy('rowid', 'desc')
    return rows.map(({ id, spec, dataset_id }) => ({ id, spec, datasetId: dataset_id }))
  }

  page(query: PageQuery): Promise<RunPage> {
    return readPage(this.database, this.results, query)
  }

  groupRows(query: Pick<PageQuery, 'inBin' | 'where'>, values: readonly string[]): Promise<GroupRow[]> {
    return readGroupRows(this.database, query, values)
  }

  /** Errors of runs that are kept, with when they ended; newest first. */
  async failed(most: number): Promise<{ at: string; error: ErrorData; run: string }[]> {
    const rows = await this.database<RunRow>('runs')
      .whereNotNull('error')
      .whereNull('deleted')
      .select('id', 'error', this.database.raw('COALESCE(finished, created) AS at'))
      .orderBy('at', 'desc')
      .limit(most)
    return (rows as unknown as { id: string; error: string; at: string }[]).map(({ id, error, at }) => ({
      at,
      error: JSON.parse(error) as ErrorData,
      run: id,
    }))
  }

  /** Names `BASE-...` of runs, in the bin too. */
  async namesAfter(base: string): Promise<string[]> {
    return this.database<RunRow>('runs')
      .whereBetween('name', [`${base}-`, `${base}.`])
      .pluck('name')
  }

  async summary(id: string): Promise<RunSummary> {
    const row = await this.row(id)
    return toSummary(row, await this.results.list(row.id))
  }

  async detail(id: string): Promise<RunDetail> {
    const row = await this.row(id)
    const info = row.dataset_id === null ? null : await this.datasets.find(row.dataset_id)
    return toDetail(row, await this.results.list(id), info, (await this.checkpoints.list(id)).length > 0)
  }

  /**
   * The id that a user means: an id, a name that only one run has, or a prefix that only one id has; among the runs
   * that are kept first, then among those in the bin.
   * @throws RUN_NOT_FOUND, RUN_AMBIGUOUS with the candidates
   */
  async find(reference: string): Promise<string> {
    for (const inBin of [false, true]) {
      const found = await this.match(reference, inBin)
      if (found.length > 1) throw ambiguous(reference, found)
      if (found[0] !== undefined) return found[0].id
    }
    throw new WorkbenchError('RUN_NOT_FOUND', `There is no run ${reference}`, {
      remedy: 'See `runs list` for ids and names.',
    })
  }

  private async match(reference: string, inBin: boolean): Promise<Reference[]> {
    const candidates = () => {
      const query = this.database<RunRow>('runs').select('id', 'name')
      return inBin ? query.whereNotNull('deleted') : query.whereNull('deleted')
    }
    const exact: Reference[] = await candidates().where({ id: reference })
    if (exact.length > 0) return exact
    const named: Reference[] = await candidates().where({ name: reference })
    if (named.length > 0) return named
    return candidates().whereRaw('substr(id, 1, ?) = ?', [reference.length, reference])
  }

  /** Queues a run again that is not finished; with `hold` also one that waits. False where its status does not allow it. */
  async enqueue(
    id: string,
    { requestedDevice, hold = false }: { requestedDevice?: DeviceChoice | undefined; hold?: boolean } = {},
  ): Promise<boolean> {
    const changed = await this.rows()
      .where({ id, deleted: null })
      .where((one) => {
        void one.whereIn('status', ['cancelled', 'failed', 'interrupted'] satisfies RunStatus[])
        if (hold) void one.orWhere((waits) => void waits.where({ status: 'queued' }).whereNull('lease_pid'))
      })
      .update({
        status: 'queued',
        queued: now(),
        position: lastPlace(this.database),
        ...held(hold),
        ...(requestedDevice === undefined ? {} : { requested_device: requestedDevice }),
      })
    return changed > 0
  }

  /** Cancels those that still wait: all of them, or none. */
  async cancelQueued(ids: readonly string[]): Promise<void> {
    await this.database('runs')
      .where({ status: 'queued' })
      .whereRaw('id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)])
      .update({ status: 'cancelled', queued: null, position: null, finished: now(), exit_reason: notBegun })
  }

  /** A queued run is cancelled at once; a running one learns of it at its next heartbeat, in whichever process. */
  async requestCancel(id: string): Promise<void> {
    await this.cancelQueued([id])
    await this.database('runs').where({ id, status: 'running' }).update({ cancel: true })
  }

  /**
   * Records the engine that this generation works with; one after the first is a resumption.
   * @param after why the run had stopped
   */
  async recordEngine(
    id: string,
    generation: number,
    { engine, device, dtype, versions }: Engine,
    after: string | null,
  ): Promise<void> {
    const { resumed, engine: before } = await this.row(id)
    const list = JSON.parse(resumed) as RunDetail['resumed']
    await this.rows()
      .where({ id, generation })
      .where('engine_generation', '<', generation)
      .update({
        engine,
        device,
        dtype,
        versions: JSON.stringify(versions),
        resumed: JSON.stringify(before === null ? list : [...list, { at: now(), engine, device, after }]),
        engine_generation: generation,
      })
  }

  /** Keeps the latest progress; ignored from an older generation. */
  async recordProgress(id: string, generation: number, progress: Progress): Promise<void> {
    await this.rows()
      .where({ id, generation, status: 'running' })
      .update({ progress: JSON.stringify(progress) })
  }

  /** Adds a warning, in place of one of the same code and place; ignored from an older generation. */
  async addWarning(id: string, generation: number, warning: ErrorData): Promise<void> {
    const before = JSON.parse((await this.row(id)).warnings) as ErrorData[]
    const others = before.filter(({ code, where }) => code !== warning.code || where !== warning.where)
    await this.rows()
      .where({ id, generation })
      .update({ warnings: JSON.stringify([...others, warning]) })
  }

  async rename(id: string, name: string): Promise<void> {
    await this.rows().where({ id }).update({ name })
  }

  /** @throws RUN_ACTIVE while it runs */
  async moveToBin(id: string): Promise<void> {
    const changed = await this.rows().where({ id }).whereNot({ status: 'running' }).update({ deleted: now() })
    if (changed > 0) return
    const { name } = await this.row(id)
    throw new WorkbenchError('RUN_ACTIVE', `${name} is running`, { remedy: 'Cancel it first.' })
  }

  async restore(id: string): Promise<void> {
    await this.rows().where({ id }).update({ deleted: null })
  }

  /** Takes it out of the bin for good; returns files that nothing needs any more. */
  async purge(id: string): Promise<string[]> {
    const checkpoints = await this.checkpoints.list(id)
    const changed = await this.rows().where({ id }).whereNotNull('deleted').delete()
    if (changed === 0) return []
    return this.checkpoints.unused(
      this.database,
      checkpoints.map(({ sha256 }) => sha256),
    )
  }

  private async row(id: string): Promise<RunRow & SummaryRow> {
    const [row] = await this.rows()
      .where({ id })
      .select<(RunRow & SummaryRow)[]>('runs.*', this.database.raw(otherColumns))
    if (row === undefined) {
      throw new WorkbenchError('RUN_NOT_FOUND', `There is no run ${id}`, { remedy: 'See `runs list`.' })
    }
    return row
  }
}

function ambiguous(reference: string, found: readonly Reference[]): WorkbenchError {
  const shown = found.slice(0, 5).map(({ id, name }) => `${id} (${name})`)
  const more = found.length > shown.length ? ` and ${found.length - shown.length} more` : ''
  return new WorkbenchError('RUN_AMBIGUOUS', `${reference} may mean ${shown.join(', ')}${more}`, {
    remedy: 'Give more of the id.',
  })
}

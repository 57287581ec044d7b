import type { Knex } from 'knex'
import type { Dataset } from '../../shared/datasets'
import { WorkbenchError, type ErrorData } from '../../shared/errors'
import type { Progress, RunStatus } from '../../shared/runs'
import type { RunSpec } from '../../shared/spec/schema'
import type { Rung, SweepSpec } from '../../shared/sweeps'
import { continueFrom } from './continuation'
import { newId, now } from './identifier'
import { insertRun } from './newRun'

/** Threads of every phase of a run of a sweep, whatever the slots. */
const threads = 1

/** A sweep as it is kept. */
export interface KeptSweep {
  id: string
  name: string
  spec: SweepSpec
  rungs: Rung[]
  /** Of its list of settings. */
  notices: string[]
  /** Null where its dataset was deleted for good. */
  datasetId: string | null
  /** Somebody cancelled it: no rung of it begins. */
  stopped: boolean
  created: string
}

/** A run that a sweep shall have. */
export interface ListedRun {
  rung: number
  setting: number
  seed: number
  name: string
  settings: Record<string, unknown>
  spec: RunSpec
}

/** A run that is made now. */
export interface NewListedRun extends ListedRun {
  /** From the run of the same setting and seed on the rung before, where that is done. */
  goesOn: boolean
}

/** A run of the list with what became of it. */
export interface KeptRun extends ListedRun {
  /** Null: deleted for good. */
  run: string | null
  status: RunStatus | null
  inBin: boolean
  error: ErrorData | null
  progress: Progress | null
}

type Row = Omit<KeptSweep, 'spec' | 'rungs' | 'notices' | 'stopped' | 'datasetId'> & {
  spec: string
  rungs: string
  notices: string
  dataset_id: string | null
  stopped: number
}

type RunRow = Omit<KeptRun, 'settings' | 'spec' | 'inBin' | 'error' | 'progress'> & {
  settings: string
  spec: string
  deleted: string | null
  error: string | null
  progress: string | null
}

const toSweep = ({ spec, rungs, notices, dataset_id, stopped, ...row }: Row): KeptSweep => ({
  ...row,
  spec: JSON.parse(spec) as SweepSpec,
  rungs: JSON.parse(rungs) as Rung[],
  notices: JSON.parse(notices) as string[],
  datasetId: dataset_id,
  stopped: Boolean(stopped),
})

/** Sweeps and the lists of their runs. */
export class Sweeps {
  constructor(private readonly database: Knex) {}

  /** Newest first. */
  async list(): Promise<KeptSweep[]> {
    return (await this.#rows().orderBy('created', 'desc').orderBy('rowid', 'desc')).map(toSweep)
  }

  async named(name: string): Promise<KeptSweep | null> {
    const row = await this.#rows().where({ name }).first()
    return row === undefined ? null : toSweep(row)
  }

  /** By name, id, or a prefix that only one id has. @throws SWEEP_NOT_FOUND, SWEEP_AMBIGUOUS */
  async find(reference: string): Promise<KeptSweep> {
    const named = await this.named(reference)
    if (named !== null) return named
    const found = await this.#rows().whereRaw('substr(id, 1, ?) = ?', [reference.length, reference]).limit(2)
    const exact = found.find(({ id }) => id === reference) ?? found[0]
    if (exact === undefined) {
      const names = (await this.list()).slice(0, 5).map(({ name }) => name)
      throw new WorkbenchError('SWEEP_NOT_FOUND', `There is no sweep ${reference}`, {
        remedy: names.length === 0 ? 'Make one: sweep SPEC.json.' : `There are: ${names.join(', ')}.`,
      })
    }
    if (found.length > 1 && exact.id !== reference) {
      throw new WorkbenchError(
        'SWEEP_AMBIGUOUS',
        `${reference} may mean ${found.map(({ id, name }) => `${id} (${name})`).join(', ')}`,
        {
          remedy: 'Give more of the id.',
        },
      )
    }
    return toSweep(exact)
  }

  /** The list, in its order, with what became of each run. */
  async runs(sweep: string): Promise<KeptRun[]> {
    const rows = (await this.database('sweep_runs')
      .leftJoin('runs', 'runs.id', 'sweep_runs.run')
      .where({ 'sweep_runs.sweep': sweep })
      .orderByRaw('sweep_runs.rung, sweep_runs.setting, sweep_runs.rowid')
      .select(
        ...['rung', 'setting', 'seed', 'name', 'settings', 'spec', 'run'].map((key) => `sweep_runs.${key}`),
        ...['status', 'deleted', 'error', 'progress'].map((key) => `runs.${key}`),
      )) as RunRow[]
    return rows.map(({ deleted, settings, spec, error, progress, ...row }) => ({
      ...row,
      settings: JSON.parse(settings) as Record<string, unknown>,
      spec: JSON.parse(spec) as RunSpec,
      inBin: deleted !== null,
      error: error === null ? null : (JSON.parse(error) as ErrorData),
      progress: progress === null ? null : (JSON.parse(progress) as Progress),
    }))
  }

  /**
   * Writes a sweep, or its larger spec, and its list: all of it, in one transaction, before anyone may take a run of it.
   * What the list has already is not made again.
   * @param before as the caller knows it; null: new
   * @returns the ids of the runs that were made; null where another process has changed the sweep meanwhile
   */
  write(
    before: KeptSweep | null,
    sweep: Pick<KeptSweep, 'name' | 'spec' | 'rungs' | 'notices'>,
    dataset: Dataset,
    list: readonly NewListedRun[],
  ): Promise<string[] | null> {
    return this.database.transaction(async (within) => {
      const { name } = sweep
      const kept = {
        spec: JSON.stringify(sweep.spec),
        rungs: JSON.stringify(sweep.rungs),
        notices: JSON.stringify(sweep.notices),
      }
      const id = before?.id ?? newId()
      const changed =
        before === null
          ? await within('sweeps')
              .insert({ id, name, ...kept, dataset_id: dataset.id, created: now() })
              .onConflict('name')
              .ignore()
              .returning('id')
          : await within('sweeps')
              .where({ id, spec: JSON.stringify(before.spec) })
              .update(kept)
              .returning('id')
      return changed.length === 0 ? null : this.#add(within, { id, name }, dataset, list)
    })
  }

  /** Adds the runs of a rung, unless another process has. @returns the ids of those that were made */
  addRung(sweep: KeptSweep, dataset: Dataset, list: readonly NewListedRun[]): Promise<string[]> {
    return this.database.transaction(async (within) => {
      // Takes the write lock first.
      const open = await within('sweeps').where({ id: sweep.id, stopped: false }).update({ stopped: false })
      return open === 0 ? [] : this.#add(within, sweep, dataset, list)
    })
  }

  /** Makes a run of the list again that was deleted for good. @returns its id; null where it is there */
  makeAgain(sweep: KeptSweep, dataset: Dataset, listed: NewListedRun): Promise<string | null> {
    return this.database.transaction(async (within) => {
      const key = { sweep: sweep.id, rung: listed.rung, setting: listed.setting, seed: listed.seed }
      const gone = await within('sweep_runs').where(key).whereNull('run').update({ run: null })
      if (gone === 0) return null
      const run = await this.#make(within, sweep, dataset, listed)
      await within('sweep_runs').where(key).update({ run })
      return run
    })
  }

  async setStopped(id: string, stopped: boolean): Promise<void> {
    await this.database('sweeps').where({ id }).update({ stopped })
  }

  /** Whether a longer run may go on from this one. */
  async mayGoOn(run: string): Promise<boolean> {
    const row = await this.database('sweep_runs')
      .join('sweeps', 'sweeps.id', 'sweep_runs.sweep')
      .where({ run })
      .whereRaw('rung < json_array_length(rungs)')
      .first('run')
    return row !== undefined
  }

  async #add(
    within: Knex.Transaction,
    sweep: Pick<KeptSweep, 'id' | 'name'>,
    dataset: Dataset,
    list: readonly NewListedRun[],
  ): Promise<string[]> {
    const keyOf = ({ rung, setting, seed }: Pick<ListedRun, 'rung' | 'setting' | 'seed'>) =>
      `${rung} ${setting} ${seed}`
    const there = (await within('sweep_runs')
      .where({ sweep: sweep.id })
      .select('rung', 'setting', 'seed')) as ListedRun[]
    const known = new Set(there.map(keyOf))
    const made: string[] = []
    for (const listed of list) {
      if (known.has(keyOf(listed))) continue
      const run = await this.#make(within, sweep, dataset, listed)
      const { settings, spec, goesOn: _, ...columns } = listed
      const row = { ...columns, sweep: sweep.id, run, settings: JSON.stringify(settings), spec: JSON.stringify(spec) }
      await within('sweep_runs').insert(row)
      made.push(run)
    }
    return made
  }

  /** Of a later rung it goes on from the shorter run of the same setting and seed, where that is done. */
  async #make(
    within: Knex.Transaction,
    sweep: Pick<KeptSweep, 'id' | 'name'>,
    dataset: Dataset,
    { rung, setting, seed, name, spec, goesOn }: NewListedRun,
  ): Promise<string> {
    const run = await insertRun(within, {
      name,
      spec,
      dataset,
      requestedDevice: 'auto',
      status: 'queued',
      sweep: sweep.name,
      threads,
    })
    const before = { sweep: sweep.id, rung: rung - 1, setting, seed }
    if (!goesOn) return run
    const done = within('runs').select('id').where({ status: 'done' })
    const shorter = (await within('sweep_runs').where(before).whereIn('run', done).first('run')) as
      { run: string } | undefined
    if (shorter !== undefined) await continueFrom(within, run, shorter.run)
    return run
  }

  #rows(): Knex.QueryBuilder<Row, Row[]> {
    return this.database<Row>('sweeps').select(
      'id',
      'name',
      'spec',
      'rungs',
      'notices',
      'dataset_id',
      'stopped',
      'created',
    ) as Knex.QueryBuilder<Row, Row[]>
  }
}

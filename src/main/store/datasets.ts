import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { datasetSchema, type Dataset } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import type { DataPaths } from './dataFolder'
import { newId, now } from './identifier'

/** What is known of a dataset before it has a row. */
export type NewDataset = Omit<Dataset, 'id' | 'created' | 'deleted'>

interface Row {
  id: string
  name: string
  kind: string
  shape: string
  target_shape: string | null
  classes: string | null
  n: string
  hash: string
  bytes: number
  recipe: string
  created: string
  deleted: string | null
}

const json = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

const fromRow = ({ target_shape, ...row }: Row): Dataset =>
  datasetSchema.parse({
    ...row,
    shape: json(row.shape),
    targetShape: json(target_shape),
    classes: json(row.classes),
    n: json(row.n),
    recipe: json(row.recipe),
  })

export class Datasets {
  constructor(
    private readonly database: Knex,
    private readonly paths: DataPaths,
  ) {}

  private rows(): Knex.QueryBuilder<Row, Row[]> {
    return this.database<Row>('datasets')
  }

  /** Path of a dataset's file. */
  path({ hash }: Pick<Dataset, 'hash'>): string {
    return join(this.paths.datasets, `${hash}.safetensors`)
  }

  /** @throws NAME_TAKEN */
  async checkName(name: string): Promise<void> {
    if ((await this.rows().where({ name, deleted: null }).first()) !== undefined) throw nameTaken(name)
  }

  /**
   * Adds a dataset whose file is written. Where its name is taken, the file goes too, unless another dataset shares it.
   * @throws NAME_TAKEN
   */
  async add(dataset: NewDataset): Promise<Dataset> {
    const whole: Dataset = { ...dataset, id: newId(), created: now(), deleted: null }
    const insert = () =>
      this.rows().insert({
        id: whole.id,
        name: whole.name,
        kind: whole.kind,
        shape: JSON.stringify(whole.shape),
        target_shape: whole.targetShape && JSON.stringify(whole.targetShape),
        classes: whole.classes && JSON.stringify(whole.classes),
        n: JSON.stringify(whole.n),
        hash: whole.hash,
        bytes: whole.bytes,
        recipe: JSON.stringify(whole.recipe),
        created: whole.created,
      })
    await this.unique(dataset.name, insert).catch(async (error: unknown) => {
      if (!(await this.isShared(dataset.hash))) await rm(this.path(dataset), { force: true })
      throw error
    })
    return whole
  }

  /** Newest first. */
  async list({ inBin }: { inBin: boolean }): Promise<Dataset[]> {
    const rows = this.rows().orderBy([{ column: 'created', order: 'desc' }, { column: 'name' }])
    return (await (inBin ? rows.whereNotNull('deleted') : rows.whereNull('deleted'))).map(fromRow)
  }

  /** All of them, those in the bin too. */
  async byId(): Promise<Map<string, Dataset>> {
    return new Map((await this.rows()).map((row) => [row.id, fromRow(row)]))
  }

  /**
   * By id, or by the name of one that is not in the bin.
   * @throws DATASET_NOT_FOUND
   */
  async find(reference: string): Promise<Dataset> {
    const row =
      (await this.rows().where({ name: reference, deleted: null }).first()) ??
      (await this.rows().where({ id: reference }).first())
    if (row === undefined) throw notFound(reference)
    return fromRow(row)
  }

  /** The newest in the bin by that name, or by id. */
  async findInBin(reference: string): Promise<Dataset> {
    const row = await this.rows()
      .whereNotNull('deleted')
      .where((either) => void either.where({ name: reference }).orWhere({ id: reference }))
      .orderBy('deleted', 'desc')
      .first()
    if (row === undefined) throw notFound(reference)
    return fromRow(row)
  }

  async moveToBin(id: string): Promise<Dataset> {
    await this.rows().where({ id, deleted: null }).update({ deleted: now() })
    return this.find(id)
  }

  /** @throws NAME_TAKEN where another has taken its name meanwhile */
  async restore(id: string): Promise<Dataset> {
    const { name } = await this.find(id)
    await this.unique(name, () => this.rows().where({ id }).update({ deleted: null }))
    return this.find(id)
  }

  /** Takes it out of the bin for good; returns files that nothing needs any more. */
  async purge(id: string): Promise<string[]> {
    const dataset = await this.find(id)
    await this.rows().where({ id }).whereNotNull('deleted').delete()
    return (await this.isShared(dataset.hash)) ? [] : [this.path(dataset)]
  }

  private async isShared(hash: string): Promise<boolean> {
    return (await this.rows().where({ hash }).first()) !== undefined
  }

  private async unique(name: string, write: () => PromiseLike<unknown>): Promise<void> {
    try {
      await write()
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT') throw nameTaken(name)
      throw error
    }
  }
}

const notFound = (reference: string): WorkbenchError =>
  new WorkbenchError('DATASET_NOT_FOUND', `There is no dataset ${reference}`, {
    remedy: 'See `datasets list` for names.',
  })

export const nameTaken = (name: string): WorkbenchError =>
  new WorkbenchError('NAME_TAKEN', `A dataset ${name} exists already`, {
    remedy: 'Choose another name, or move the other to the bin.',
  })

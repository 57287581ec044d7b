import type { Knex } from 'knex'
import { z } from 'zod'
import { batchPairSchema, type BatchPair, type NewBatch } from '../../shared/batches'
import { WorkbenchError } from '../../shared/errors'
import { newId, now } from './identifier'

interface Row {
  id: string
  name: string
  rows: string
  created: string
}

/** Lists of pairs that are scored together. */
export class PairBatches {
  constructor(private readonly database: Knex) {}

  async add({ name, pairs }: NewBatch): Promise<string> {
    const id = newId()
    await this.database<Row>('pair_batches').insert({ id, name, rows: JSON.stringify(pairs), created: now() })
    return id
  }

  /** @throws BATCH_NOT_FOUND */
  async get(id: string): Promise<{ name: string; pairs: BatchPair[] }> {
    const row = await this.database<Row>('pair_batches').where({ id }).first()
    if (row === undefined) {
      throw new WorkbenchError('BATCH_NOT_FOUND', `There is no list of pairs ${id}`, {
        remedy: 'Drop its files again.',
      })
    }
    return { name: row.name, pairs: z.array(batchPairSchema).parse(JSON.parse(row.rows)) }
  }
}

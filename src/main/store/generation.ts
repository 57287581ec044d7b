import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'

/**
 * Does something for a run in one transaction, if the generation is still its current one. It begins with a write, so
 * that it waits for other processes rather than fail (SQLite refuses to turn an old reader into a writer).
 * @throws LEASE_LOST
 */
export function asGeneration<Value>(
  database: Knex,
  run: string,
  generation: number,
  act: (transaction: Knex.Transaction) => Promise<Value>,
): Promise<Value> {
  return database.transaction(async (transaction) => {
    const current = await transaction('runs').where({ id: run, generation }).update({ generation })
    if (current === 0) {
      throw new WorkbenchError('LEASE_LOST', 'Another process has taken over this run', {
        where: run,
        remedy: 'Let the other one finish.',
        exit: 1,
      })
    }
    return act(transaction)
  })
}

/** `class` as a column: part of a primary key, so never NULL. */
export const classColumn = (modelClass: number | null): number => modelClass ?? -1
export const fromClassColumn = (column: number): number | null => (column === -1 ? null : column)

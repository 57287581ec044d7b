import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'

/** What an owner is told that has slept or hung, and whose run is no longer its own. @param run id or name */
export const leaseLost = (run: string): WorkbenchError =>
  new WorkbenchError('LEASE_LOST', 'This process was silent too long, and another has taken over the run', {
    where: run,
    remedy: 'See the run: it goes on there, or resume it from its last checkpoint.',
    exit: 1,
  })

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
    if (current === 0) throw leaseLost(run)
    return act(transaction)
  })
}

/** `class` as a column: part of a primary key, so never NULL. */
export const classColumn = (modelClass: number | null): number => modelClass ?? -1
export const fromClassColumn = (column: number): number | null => (column === -1 ? null : column)

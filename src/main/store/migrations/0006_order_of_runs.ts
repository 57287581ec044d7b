import type { Knex } from 'knex'

/** Runs in the order shown, those in the bin, and those that failed are found without reading all. */
export async function up(database: Knex): Promise<void> {
  await database.raw('CREATE INDEX runs_kept ON runs (created) WHERE deleted IS NULL')
  await database.raw('CREATE INDEX runs_bin ON runs (created) WHERE deleted IS NOT NULL')
  await database.raw(
    'CREATE INDEX runs_failed ON runs (COALESCE(finished, created)) WHERE error IS NOT NULL AND deleted IS NULL',
  )
}

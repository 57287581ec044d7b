import type { Knex } from 'knex'
import { WorkbenchError } from '../../shared/errors'
import { writeBackup } from './backup'
import type { DataPaths } from './dataFolder'
import { checkWhole } from './soundness'
import { migrations, type Migration } from './migrations'

/** Migrations as modules, so that they are part of the bundle; no folder is scanned. */
const migrationSource = (list: readonly Migration[]): Knex.MigrationSource<Migration> => ({
  getMigrations: async () => [...list],
  getMigrationName: (migration) => migration.name,
  getMigration: async ({ up }) => ({ up, down: async () => undefined }),
})

async function applied(database: Knex): Promise<string[]> {
  if (!(await database.schema.hasTable('knex_migrations'))) return []
  const rows: { name: string }[] = await database('knex_migrations').select('name').orderBy('id')
  return rows.map(({ name }) => name)
}

/**
 * Brings the database up to date, after a backup where it holds something.
 *
 * All of it is one SQLite transaction, knex's own migration lock included: a process that is killed meanwhile leaves the
 * old state and no lock, and another that opens the folder at the same time waits.
 * @throws DATABASE_NEWER where it was written by a later version
 */
export async function migrate(
  database: Knex,
  paths: DataPaths,
  list: readonly Migration[] = migrations,
): Promise<void> {
  const before = await applied(database)
  const unknown = before.find((name) => !list.some((migration) => migration.name === name))
  if (unknown !== undefined) {
    throw new WorkbenchError('DATABASE_NEWER', `The database is of a later version (${unknown})`, {
      where: paths.database,
      remedy: 'Update the workbench, or choose another folder (--data).',
    })
  }
  const next = list.find(({ name }) => !before.includes(name))
  if (next === undefined) return
  if (before.length > 0) {
    // A damaged file is not to be rewritten.
    await checkWhole(database)
    await writeBackup(database, paths, `before-${next.name}`)
  }
  await database.transaction(async (transaction) => {
    // A write comes first: a transaction that begins by reading could not wait for another process's write.
    await transaction.raw('PRAGMA user_version = 1')
    await transaction.migrate.latest({ migrationSource: migrationSource(list) })
  })
}

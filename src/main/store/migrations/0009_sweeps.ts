import type { Knex } from 'knex'

/** Sweeps, and the list of the runs of each, which is written before the first one starts. */
export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('sweeps', (table) => {
    table.text('id').primary()
    table.text('name').notNullable().unique()
    /** With the base resolved. */
    table.json('spec').notNullable()
    /** How many settings each rung takes. */
    table.json('rungs').notNullable()
    table.text('dataset_id').references('datasets.id').onDelete('SET NULL')
    table.json('notices').notNullable()
    table.boolean('stopped').notNullable().defaultTo(false)
    table.text('created').notNullable()
  })
  await database.schema.createTable('sweep_runs', (table) => {
    table.text('sweep').notNullable().references('sweeps.id').onDelete('CASCADE')
    table.integer('rung').notNullable()
    table.integer('setting').notNullable()
    table.bigInteger('seed').notNullable()
    table.text('name').notNullable()
    /** What the axes set, flat. */
    table.json('settings').notNullable()
    table.json('spec').notNullable()
    /** Null: deleted for good. */
    table.text('run').references('runs.id').onDelete('SET NULL')
    table.primary(['sweep', 'rung', 'setting', 'seed'])
  })
  await database.raw('CREATE INDEX sweep_runs_run ON sweep_runs (run) WHERE run IS NOT NULL')
}

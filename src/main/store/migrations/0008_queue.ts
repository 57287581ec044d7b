import type { Knex } from 'knex'

/** The order in which runs wait, the threads that they are held to, the sweep that made them; how the queue stands. */
export async function up(database: Knex): Promise<void> {
  await database.schema.alterTable('runs', (table) => {
    /** Of a run that waits, or runs out of the queue: the lower, the sooner. */
    table.double('position')
    /** Null: as many as its phases want. */
    table.integer('threads')
    table.text('sweep')
  })
  await database.raw(`
    UPDATE runs SET position = place FROM (
      SELECT id AS waiting, ROW_NUMBER() OVER (ORDER BY queued, rowid) AS place FROM runs WHERE status = 'queued'
    ) WHERE id = waiting`)
  await database.raw('CREATE INDEX runs_position ON runs (position) WHERE position IS NOT NULL')
  await database.raw('CREATE INDEX runs_sweep ON runs (sweep) WHERE sweep IS NOT NULL')
  await database.raw("CREATE INDEX runs_trained ON runs (finished) WHERE status = 'done' AND engine IS NOT NULL")
  await database.schema.createTable('queue', (table) => {
    table.integer('id').primary().checkIn(['1'])
    table.boolean('paused').notNullable()
    /** Null: as many as the workbench thinks fast. */
    table.integer('slots')
  })
  await database('queue').insert({ id: 1, paused: false, slots: null })
}

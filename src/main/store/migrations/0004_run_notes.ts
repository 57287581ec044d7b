import type { Knex } from 'knex'

/** Warnings about a run: that its data has another scale than images have, that it nearly fills the memory. */
export async function up(database: Knex): Promise<void> {
  await database.schema.alterTable('runs', (table) => {
    table.json('notes').notNullable().defaultTo('[]')
  })
}

import type { Knex } from 'knex'

/** What a user says of a run: tags, and a note. Warnings of the program, called notes before, make room for it. */
export async function up(database: Knex): Promise<void> {
  await database.raw('ALTER TABLE runs RENAME COLUMN notes TO warnings')
  await database.schema.alterTable('runs', (table) => {
    table.text('note')
    /** How often its tags or its note were changed: by it other processes see that they were. */
    table.integer('remarks').notNullable().defaultTo(0)
  })
  await database.schema.createTable('run_tags', (table) => {
    table.text('run').notNullable().references('runs.id').onDelete('CASCADE')
    table.text('tag').notNullable()
    table.primary(['run', 'tag'])
    /** Runs of a tag. */
    table.index(['tag', 'run'])
  })
}

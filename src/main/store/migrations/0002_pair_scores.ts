import type { Knex } from 'knex'

/** Scores of pairs, and lists of pairs that are scored together. `class` is -1 where a model is of all classes. */
export async function up(database: Knex): Promise<void> {
  await database.schema.alterTable('images', (table) => {
    table.json('origin')
  })

  await database.schema.createTable('pair_batches', (table) => {
    table.text('id').primary()
    table.text('name').notNullable()
    /** Rows in their order: names, images by SHA-256, or why a file was refused. */
    table.json('rows').notNullable()
    table.text('created').notNullable()
  })

  // Thumbnails come last: a row's numbers are then read without them.
  await database.schema.createTable('pair_scores', (table) => {
    table.increments('id')
    table.text('run').notNullable().references('runs.id').onDelete('CASCADE')
    table.text('batch').references('pair_batches.id').onDelete('CASCADE')
    table.text('x').notNullable().references('images.sha256')
    table.text('y').references('images.sha256')
    table.integer('class').notNullable()
    table.json('view').notNullable()
    table.double('energy_y_given_x')
    table.double('energy_x_given_y')
    table.double('energy_conditional')
    table.double('energy_diagonal')
    table.double('error_y')
    table.double('error_x')
    table.double('gain')
    table.json('class_score')
    table.json('recipe').notNullable()
    table.text('created').notNullable()
    table.json('thumbnail_shapes').notNullable()
    table.binary('thumbnail_x').notNullable()
    table.binary('thumbnail_y')
    table.index(['created'])
    table.index(['batch', 'run'])
  })
  // One score of a pair, by one model, in one way of looking at it. NULLs would be distinct.
  await database.raw(
    `CREATE UNIQUE INDEX pair_scores_once ON pair_scores (run, x, COALESCE(y, ''), class, view, COALESCE(batch, ''))`,
  )
}

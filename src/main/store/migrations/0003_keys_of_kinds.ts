import type { Knex } from 'knex'

/** Keys of `model` that meant nothing for a kind when kinds were given keys of their own. */
const foreignKeys: Readonly<Record<string, readonly string[]>> = {
  ae: ['factors', 'mappings', 'factorStd', 'mappingInit', 'tied', 'objective'],
  cae: ['hidden', 'tied', 'objective'],
  gae: ['hidden'],
  mcae: ['tied', 'objective'],
}

/** Specs said of every model what only some kinds have: of an ae, its factors. */
export async function up(database: Knex): Promise<void> {
  for (const [kind, keys] of Object.entries(foreignKeys)) {
    const paths = keys.map((key) => `$.model.${key}`)
    await database('runs')
      .where({ kind })
      .update({ spec: database.raw(`json_remove(spec, ${paths.map(() => '?').join(', ')})`, paths) })
  }
}

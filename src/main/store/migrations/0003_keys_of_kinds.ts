import type { Knex } from 'knex'

/** Keys of `model` that mean something for each kind, as they were when kinds were given keys of their own. */
const unitKeys = ['kind', 'activation', 'visible', 'decoder']
const gatedKeys = [...unitKeys, 'factors', 'mappings', 'factorStd', 'mappingInit']
const keysOfKind: Readonly<Record<string, readonly string[]>> = {
  ae: [...unitKeys, 'hidden'],
  cae: gatedKeys,
  gae: [...gatedKeys, 'tied', 'objective'],
  mcae: [...gatedKeys, 'hidden'],
}

/** Specs said of every model what only some kinds have: of an ae, its factors. */
export async function up(database: Knex): Promise<void> {
  const rows: { id: string; spec: string }[] = await database('runs').select('id', 'spec')
  for (const { id, spec } of rows) {
    const whole = JSON.parse(spec) as { model: Record<string, unknown> }
    const keys = keysOfKind[String(whole.model.kind)]
    if (keys === undefined) continue
    const model = Object.fromEntries(Object.entries(whole.model).filter(([key]) => keys.includes(key)))
    await database('runs')
      .where({ id })
      .update({ spec: JSON.stringify({ ...whole, model }) })
  }
}

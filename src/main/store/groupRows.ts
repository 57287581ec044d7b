import type { Knex } from 'knex'
import { groupedFigures } from '../../shared/runGroups'
import { figureSql } from './results'
import { keptRuns, type PageQuery } from './runPage'
import type { RunRow } from './runRow'

/** What grouping needs of a run. */
export interface GroupRow extends Pick<RunRow, 'id' | 'name' | 'created' | 'seconds'> {
  /** Of what was asked for, in its order. */
  values: unknown[]
  /** By "valid.error": null where the run has none. */
  figures: Record<string, number | null>
}

const figures = (['valid', 'test'] as const).flatMap((split) =>
  groupedFigures.map((figure) => ({ key: `${split}.${figure}`, sql: figureSql(split, figure) })),
)

/**
 * The runs that a filter takes, newest first, without their evaluations.
 * @param values SQL over `runs`; our own text, never a user's
 */
export async function readGroupRows(
  database: Knex,
  { inBin, where }: Pick<PageQuery, 'inBin' | 'where'>,
  values: readonly string[],
): Promise<GroupRow[]> {
  const columns = [...values.map((sql, at) => `${sql} AS v${at}`), ...figures.map(({ sql }, at) => `${sql} AS f${at}`)]
  const rows = await keptRuns(database, { inBin, where })
    .select<(Pick<GroupRow, 'id' | 'name' | 'created' | 'seconds'> & Record<string, unknown>)[]>(
      ...['id', 'name', 'created', 'seconds'],
      ...columns.map((sql) => database.raw(sql)),
    )
    .orderByRaw('created DESC, rowid DESC')
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, created: row.created, seconds: row.seconds },
    values: values.map((_, at) => row[`v${at}`]),
    figures: Object.fromEntries(figures.map(({ key }, at) => [key, row[`f${at}`] as number | null])),
  }))
}

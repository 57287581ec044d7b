import type { Knex } from 'knex'
import { groupedFigures } from '../../shared/runGroups'
import { keptRuns, type PageQuery } from './runPage'
import type { RunRow } from './runRow'

/** What grouping needs of a run. */
export interface GroupRow {
  id: string
  name: string
  spec: string
  created: string
  seconds: number
  datasetId: string | null
  /** Of `keys`, in their order. */
  values: unknown[]
  /** By "valid.error": null where the run has none. */
  figures: Record<string, number | null>
}

/** Of both splits: "valid.error" and so on. */
export const figureKeys = (['valid', 'test'] as const).flatMap((split) =>
  groupedFigures.map((figure) => `${split}.${figure}`),
)

/**
 * The runs that a filter takes, newest first, without their evaluations.
 * @param keys SQL over `runs`; our own text, never a user's
 */
export async function readGroupRows(
  database: Knex,
  { inBin, where }: Pick<PageQuery, 'inBin' | 'where'>,
  keys: readonly string[],
): Promise<GroupRow[]> {
  const figures = figureKeys.map((key, at) => {
    const [split, figure] = key.split('.')
    return `(SELECT json_extract(evaluation, '$.${figure}') FROM results WHERE results.run = runs.id AND split = '${split}') AS f${at}`
  })
  const rows = await keptRuns(database, { inBin, where })
    .select<(Pick<RunRow, 'id' | 'name' | 'spec' | 'created' | 'seconds' | 'dataset_id'> & Record<string, unknown>)[]>(
      'id',
      'name',
      'spec',
      'created',
      'seconds',
      'dataset_id',
      ...[...keys.map((sql, at) => `${sql} AS k${at}`), ...figures].map((sql) => database.raw(sql)),
    )
    .orderByRaw('created DESC, rowid DESC')
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    spec: row.spec,
    created: row.created,
    seconds: row.seconds,
    datasetId: row.dataset_id,
    values: keys.map((_, at) => row[`k${at}`]),
    figures: Object.fromEntries(figureKeys.map((key, at) => [key, row[`f${at}`] as number | null])),
  }))
}

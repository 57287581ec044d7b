import type { Knex } from 'knex'
import type { RunSummary } from '../../shared/runs'
import type { Results } from './results'
import { dataSeedColumn, type RunRow, summaryColumns, type SummaryRow, toSummary } from './runRow'

/** A piece of SQL; what a user wrote is bound to its marks. */
export interface Fragment {
  sql: string
  bindings: readonly (string | number)[]
}

export interface PageQuery {
  inBin: boolean
  /** A condition over `runs`; null: all. */
  where: Fragment | null
  /** An order of `runs`; null, and where it leaves runs equal: newest first. */
  order: string | null
  /** Null: all of them. */
  limit: number | null
  offset: number
}

export interface RunPage {
  runs: RunSummary[]
  /** How many there are on all pages. */
  total: number
}

/** Reads a page of runs, and results of these alone. */
export async function readPage(
  database: Knex,
  results: Results,
  { inBin, where, order, limit, offset }: PageQuery,
): Promise<RunPage> {
  const matching = () => {
    const query = database<RunRow>('runs')
    const kept = inBin ? query.whereNotNull('deleted') : query.whereNull('deleted')
    return where === null ? kept : kept.whereRaw(where.sql, [...where.bindings])
  }
  const sorted = matching()
    .select<SummaryRow[]>(...summaryColumns, database.raw(dataSeedColumn))
    .orderByRaw(`${order === null ? '' : `${order}, `}created DESC, rowid DESC`)
  // Without a limit SQLite takes no offset; -1 is none.
  const rows = await sorted.limit(limit ?? -1).offset(offset)
  const [count] = await matching().count<{ total: number }[]>({ total: '*' })
  const evaluations = await results.listAll(rows.map(({ id }) => id))
  return { runs: rows.map((row) => toSummary(row, evaluations.get(row.id) ?? [])), total: count?.total ?? 0 }
}

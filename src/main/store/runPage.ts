import type { Knex } from 'knex'
import type { RunSummary } from '../../shared/runs'
import type { Results } from './results'
import { otherColumns, type RunRow, summaryColumns, type SummaryRow, toSummary } from './runRow'

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

/** The runs that are kept, or those in the bin, that a condition takes. */
export function keptRuns(database: Knex, { inBin, where }: Pick<PageQuery, 'inBin' | 'where'>): Knex.QueryBuilder {
  const query = database<RunRow>('runs')
  const kept = inBin ? query.whereNotNull('deleted') : query.whereNull('deleted')
  return where === null ? kept : kept.whereRaw(where.sql, [...where.bindings])
}

/** Reads a page of runs, and results of these alone. */
export async function readPage(
  database: Knex,
  results: Results,
  { inBin, where, order, limit, offset }: PageQuery,
): Promise<RunPage> {
  const matching = () => keptRuns(database, { inBin, where })
  const page = matching()
    .select<(SummaryRow & { total: number })[]>(
      ...summaryColumns,
      database.raw(otherColumns),
      // Counted on the way: the filter looks at each run once.
      database.raw('COUNT(*) OVER () AS total'),
    )
    .orderByRaw(`${order === null ? '' : `${order}, `}created DESC, rowid DESC`)
  // SQLite takes no offset without a limit; -1 is none.
  const rows = await page.limit(limit ?? -1).offset(offset)
  const evaluations = await results.listAll(rows.map(({ id }) => id))
  return {
    runs: rows.map((row) => toSummary(row, evaluations.get(row.id) ?? [])),
    total: rows[0]?.total ?? (await countOf(matching())),
  }
}

/** Of a page without runs, which tells no total. */
async function countOf(matching: Knex.QueryBuilder): Promise<number> {
  const [row] = await matching.count<{ total: number }[]>({ total: '*' })
  return row?.total ?? 0
}

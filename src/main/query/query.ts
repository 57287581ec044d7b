import type { PageQuery } from '../store/runPage'
import type { Sort } from './expression'
import { parseGroup, parseGroupSort, type GroupBy } from './groupBy'
import { parseFilter, parseSort } from './parse'
import { filterSql, sortSql } from './sql'
import { testFigureNotices } from './testFigures'

/** A filter and an order as the store takes them, and what is to be said of how they choose. */
export interface ReadQuery extends Pick<PageQuery, 'where' | 'order'> {
  notices: string[]
}

/** @throws WorkbenchError FILTER */
export function readQuery(filter: string | undefined, sort: string | undefined): ReadQuery {
  const taken = filter === undefined ? null : parseFilter(filter)
  const order = sort === undefined ? null : parseSort(sort)
  return {
    where: taken && filterSql(taken),
    order: order && sortSql(order),
    notices: testFigureNotices(taken, order),
  }
}

/** A filter, an order and keys of groups. */
export interface ReadGroupQuery extends Pick<PageQuery, 'where'> {
  by: GroupBy
  order: Sort | null
  notices: string[]
}

/** @throws WorkbenchError FILTER */
export function readGroupQuery(filter: string | undefined, sort: string | undefined, group: string): ReadGroupQuery {
  const taken = filter === undefined ? null : parseFilter(filter)
  const by = parseGroup(group)
  const order = sort === undefined ? null : parseGroupSort(sort, by)
  return { where: taken && filterSql(taken), by, order, notices: testFigureNotices(taken, order) }
}

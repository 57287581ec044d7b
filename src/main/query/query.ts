import type { PageQuery } from '../store/runPage'
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

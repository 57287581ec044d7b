import { conditions, type Expression, type Sort } from './expression'

/** What is to be said where figures of the test split decide which runs are shown, or in which order. */
export function testFigureNotices(filter: Expression | null, sort: Sort | null): string[] {
  const filtered = new Set(filter === null ? [] : conditions(filter).map(({ key }) => key.testFigure))
  const said = (how: string, figure: string | null) =>
    figure === null ? [] : [`${how} by ${figure}: not for choosing.`]
  return [
    ...[...filtered].flatMap((figure) => said('Filtered', figure)),
    ...said('Sorted', sort?.key.testFigure ?? null),
  ]
}

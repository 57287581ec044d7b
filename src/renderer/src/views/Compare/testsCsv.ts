import type { Compared } from '../../../../shared/comparing'
import type { Figure, TestsAnswer } from '../../../../shared/significance'
import { toCsv, type CsvValue } from '../../export/csv'
import { itemWords } from './itemWords'
import type { Split } from './testWords'

const columns = [
  ...['a', 'a_runs', 'b', 'b_runs', 'split', 'figure', 'test', 'n_a', 'n_b', 'only_a_wrong', 'only_b_wrong'],
  ...['difference', 'low', 'high', 'p', 'p_holm', 'comparisons', 'p_a_better', 'p_a_better_low', 'p_a_better_high'],
  'reason',
]

/** A row a pair, those that were refused with the reason. */
export function testsCsv(answer: TestsAnswer, items: readonly Compared[], split: Split, figure: Figure): string {
  const rows = answer.tests.map((test): CsvValue[] => {
    const heads = [test.a, test.b].flatMap((id) => {
      const item = items.find((one) => one.id === id)
      return item === undefined ? [id, id] : [itemWords(item), item.runs.map((run) => run.id).join('+')]
    })
    if (test.kind === 'refused') {
      const none = new Array<CsvValue>(columns.length - 7).fill(null)
      return [...heads, split, figure, ...none, test.error.message]
    }
    const [n, m] = Array.isArray(test.n) ? test.n : [test.n, test.n]
    const isImages = test.kind === 'images'
    const name = isImages ? 'mcnemar-exact' : Array.isArray(test.n) ? 'welch-t' : 'paired-t'
    const better = isImages ? null : test.better
    return [
      ...[...heads, split, isImages ? 'error' : figure, name, n, m],
      ...[isImages ? test.onlyA : null, isImages ? test.onlyB : null, test.difference],
      ...[test.interval?.[0] ?? null, test.interval?.[1] ?? null, test.p, test.pHolm, answer.comparisons],
      ...[better?.probability ?? null, better?.interval[0] ?? null, better?.interval[1] ?? null, null],
    ]
  })
  return toCsv(columns, rows)
}

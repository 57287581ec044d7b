import { absent, formatCount, formatDigits, formatDuration } from '../../../shared/numbers'
import type { RunGroup, Spread } from '../../../shared/runGroups'
import { table } from '../output'

interface Page {
  groups: RunGroup[]
  total: number
  notices: string[]
}

export const groupsDocument = ({ groups, total, notices }: Page) => ({
  groups,
  total,
  ...(notices.length === 0 ? {} : { notices }),
})

const inPercent = (value: number): string => (100 * value).toFixed(2)
const inDigits = (value: number): string => formatDigits(value, 4)

/** "0.62 ± 0.05 [0.48, 0.79]": mean, standard deviation and the 95 % t-interval of the mean. */
function spreadText(spread: Spread | null, format: (value: number) => string): string {
  if (spread === null) return absent
  const { mean, std, interval, n } = spread
  if (std === null || interval === null) return `${format(mean)} (n 1)`
  return `${format(mean)} ± ${format(std)} [${interval.map(format).join(', ')}] (n ${n})`
}

const rangeText = (spread: Spread | null): string =>
  spread === null ? absent : `${inPercent(spread.min)} to ${inPercent(spread.max)}`

const valueText = (value: unknown): string =>
  value === null || value === undefined ? absent : typeof value === 'string' ? value : JSON.stringify(value)

/** @param sort what was sorted by: by validation the first is the best of so many, which flatters it */
export function groupsText({ groups, total, notices }: Page, sort: string | undefined): string {
  const [first] = groups
  if (first === undefined) return [...notices, 'No run fulfils the filter.'].join('\n')
  const keys = Object.keys(first.key)
  const head = [
    ...keys,
    'newest run',
    'n',
    'validation error, %',
    'from best to worst',
    'test error, %',
    'validation loss',
    'time a run',
  ]
  const rows = groups.map(({ key, name, n, valid, test, seconds }) => [
    ...keys.map((one) => valueText(key[one])),
    name,
    String(n),
    spreadText(valid.error, inPercent),
    rangeText(valid.error),
    spreadText(test.error, inPercent),
    spreadText(valid.loss, inDigits),
    seconds === null ? absent : formatDuration(seconds.mean),
  ])
  const ranked =
    sort?.startsWith('valid.') && total > 1 ? [`The first is the best of ${formatCount(total)} by validation.`] : []
  const some = groups.length === total ? [] : [`${groups.length} of ${formatCount(total)} groups.`]
  return [
    ...notices,
    table(head, rows),
    'Means ± standard deviation [95 % t-interval of the mean].',
    ...ranked,
    ...some,
  ].join('\n')
}

import { reading, type Measure } from './measure'
import { formatDigits, formatPercent, percentDigits } from './numbers'
import type { Evaluation } from './runs'

/** What is said of an evaluation of a split; the first of a kind of run is the one that it is judged by. */
export const splitMeasures: readonly Measure<Evaluation>[] = [
  {
    key: 'error',
    title: 'error',
    short: 'error',
    unit: '%',
    better: 'lower',
    of: 'classifier',
    read: ({ error, errorInterval, n }) => reading(error, n, errorInterval),
    format: ({ value, n }) => formatPercent(value, n ?? 100),
    formatInterval: (interval, n) =>
      `[${interval.map((end) => (100 * end).toFixed(percentDigits(n ?? 100))).join(', ')}]`,
  },
  {
    key: 'nll',
    title: 'negative log-likelihood',
    short: 'NLL',
    unit: 'nats an image',
    better: 'lower',
    of: 'classifier',
    read: ({ nll, n }) => reading(nll, n),
    format: ({ value }) => formatDigits(value, 3),
    formatInterval: null,
  },
  {
    key: 'loss',
    title: 'loss',
    short: 'loss',
    unit: 'an image',
    better: 'lower',
    of: 'model',
    read: ({ loss, n }) => reading(loss, n),
    format: ({ value }) => formatDigits(value, 4),
    formatInterval: null,
  },
]

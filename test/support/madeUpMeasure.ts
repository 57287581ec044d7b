import type { Measure } from '../../src/shared/measure'
import type { Evaluation } from '../../src/shared/runs'

/** A measure that only tests have: how many images of a split are classified wrongly. */
export const wrongImages: Measure<Evaluation> = {
  key: 'wrong',
  title: 'wrong images',
  short: 'wrong',
  unit: 'images',
  better: 'lower',
  of: 'classifier',
  read: ({ error, n }) => (error === null ? null : { value: Math.round(error * n), interval: null, n }),
  format: ({ value }) => `${value} wrong`,
  formatInterval: null,
}

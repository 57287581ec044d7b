/** A number with what it is uncertain by, and of how many images it is. */
export interface Reading {
  value: number
  /** 95 %; null where none is known. */
  interval: readonly [number, number] | null
  n: number | null
}

/** Something that can be said of a run, or of an evaluation of one of its splits. */
export interface Measure<Subject> {
  /** Its path in the command line's JSON. */
  key: string
  title: string
  /** In the head of a column. */
  short: string
  unit: string
  better: 'lower' | 'higher' | 'neither'
  /** What it tells the result of: classifiers, or models without classes. */
  of: 'classifier' | 'model' | 'any'
  /** Null where the subject has none. */
  read(subject: Subject): Reading | null
  /** The number in words, without its interval. */
  format(reading: Reading): string
  /** "[0.48, 0.79]"; null for measures without intervals. */
  formatInterval: ((interval: readonly [number, number], n: number | null) => string) | null
}

export const reading = (
  value: number | null,
  n: number | null,
  interval: Reading['interval'] = null,
): Reading | null => (value === null ? null : { value, interval, n })

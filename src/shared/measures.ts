import { reading, type Measure } from './measure'
import { absent, formatDuration } from './numbers'
import type { Evaluation, RunSummary } from './runs'
import { splitMeasures } from './splitMeasures'

/** What measures of a run read. */
export type MeasuredRun = Pick<RunSummary, 'valid' | 'test' | 'seconds'>

export const measuredSplits = ['valid', 'test'] as const
const splitTitles = { valid: 'Validation', test: 'Test' } as const

export interface RunMeasure extends Measure<MeasuredRun> {
  /** What of the run it is of; null: all of it. */
  split: (typeof measuredSplits)[number] | null
}

/** What is said of a run: of its validation and test split, and of its work. */
export const measures: readonly RunMeasure[] = [
  ...measuredSplits.flatMap((split) =>
    splitMeasures.map((measure): RunMeasure => ({
      ...measure,
      split,
      key: `${split}.${measure.key}`,
      title: `${splitTitles[split]} ${measure.title}`,
      short: `${splitTitles[split]} ${measure.short}`,
      read: (run) => run[split] && measure.read(run[split]),
    })),
  ),
  {
    split: null,
    key: 'seconds',
    title: 'Time of work',
    short: 'Time',
    unit: 's',
    better: 'lower',
    of: 'any',
    read: ({ seconds }) => reading(seconds, null),
    format: ({ value }) => formatDuration(value),
    formatInterval: null,
  },
]

/** @throws TypeError */
export function measureOf(key: string): RunMeasure {
  const found = measures.find((measure) => measure.key === key)
  if (found === undefined) throw new TypeError(`there is no measure ${key}`)
  return found
}

/** A measure in words, with its interval: "0.62 % [0.48, 0.79]"; -- where the subject has none. */
export function told<Subject>(measure: Measure<Subject>, subject: Subject | null): string {
  const found = subject === null ? null : measure.read(subject)
  if (found === null) return absent
  const { interval, n } = found
  const ends = interval === null ? null : measure.formatInterval?.(interval, n)
  return ends == null ? measure.format(found) : `${measure.format(found)} ${ends}`
}

/** The head of its column. */
export const headOf = ({ short, formatInterval }: Pick<Measure<never>, 'short' | 'formatInterval'>): string =>
  formatInterval === null ? short : `${short} [95 %]`

/** Measures that tell the result of a run with or without a classifier. */
export const measuresFor = <M extends Pick<Measure<never>, 'of'>>(list: readonly M[], classifier: boolean): M[] =>
  list.filter(({ of }) => of === (classifier ? 'classifier' : 'model'))

/** What a run reached on the test split: a classifier's error, of any other "loss 11.07". */
export function resultOf({ classifier, test }: Pick<RunSummary, 'classifier' | 'test'>): string {
  const [measure] = measuresFor(splitMeasures, classifier)
  if (measure === undefined || test === null) return absent
  return classifier || measure.read(test) === null ? told(measure, test) : `${measure.short} ${told(measure, test)}`
}

/** The same in a sentence: "test error 0.62 % [0.48, 0.79]", "test loss 11.07". */
export function resultWords({ classifier, test }: Pick<RunSummary, 'classifier' | 'test'>): string {
  const [measure] = measuresFor(splitMeasures, classifier)
  return measure === undefined ? '' : `test ${measure.title} ${told(measure, test)}`
}

/** The JSON of an evaluation: n, and each measure with its interval. @param nulls whether what it lacks is null, or left out */
export function evaluationDocument(evaluation: Evaluation, nulls = false): Record<string, unknown> {
  const document: Record<string, unknown> = {}
  for (const { key, read, formatInterval } of splitMeasures) {
    const found = read(evaluation)
    if (found === null && !nulls) continue
    document[key] = found?.value ?? null
    if (formatInterval !== null) document[`${key}Interval`] = found?.interval ?? null
  }
  return { ...document, n: evaluation.n }
}

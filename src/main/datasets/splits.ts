import { splitNames, type SplitCounts, type SplitName, type SplitOptions } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { Random } from './random'

export type SplitRowsOf = Record<SplitName, Int32Array>

/** Seed of the draw where none is said. */
export const standardSeed = 1

/** Share of validation and test where nothing is said. */
const standardFraction = 0.1

/**
 * How many of n rows go into each split: by count, by fraction, else a tenth each.
 * @param ownTest the test split is a file of its own: none is taken from these rows
 * @throws SPLIT_OPTIONS, SPLIT_TOO_LARGE
 */
export function splitCounts(n: number, options: SplitOptions, ownTest: boolean): SplitCounts {
  if (ownTest && (options.test !== undefined || options.testFraction !== undefined)) {
    throw refuse('SPLIT_OPTIONS', 'The test file is the test split, whole', 'Leave out the count of test images.')
  }
  const valid = share('validation', n, options.valid, options.validFraction)
  const test = ownTest ? 0 : share('test', n, options.test, options.testFraction)
  const train = n - valid - test
  if (train < 1) {
    throw refuse(
      'SPLIT_TOO_LARGE',
      `${valid.toLocaleString('en-US')} validation and ${test.toLocaleString('en-US')} test images leave none of ${n.toLocaleString('en-US')} to train on`,
      'Ask for fewer.',
    )
  }
  return { train, valid, test }
}

function share(split: string, n: number, count: number | undefined, fraction: number | undefined): number {
  if (count !== undefined && fraction !== undefined) {
    throw refuse('SPLIT_OPTIONS', `The ${split} split is given by count and by fraction`, 'Give one of them.')
  }
  return count ?? Math.round(n * (fraction ?? standardFraction))
}

/** Rows of each split, drawn by the seed; within a split they keep the file's order. */
export function splitRows(n: number, counts: SplitCounts, seed: number): SplitRowsOf {
  const order = new Random(seed, splitNames.length).permutation(n)
  const take = (from: number, count: number): Int32Array => order.slice(from, from + count).sort()
  return {
    test: take(0, counts.test),
    valid: take(counts.test, counts.valid),
    train: take(counts.test + counts.valid, counts.train),
  }
}

/** The last rows are the validation split, as in the published .amat files; all before them are to train on. */
export function lastRowsValid(counts: SplitCounts): SplitRowsOf {
  const rows = (from: number, count: number): Int32Array => Int32Array.from({ length: count }, (_, at) => from + at)
  return { train: rows(0, counts.train), valid: rows(counts.train, counts.valid), test: rows(0, 0) }
}

const refuse = (code: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where: 'splits', remedy })

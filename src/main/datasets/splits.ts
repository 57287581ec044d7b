import { splitNames, type SplitCounts, type SplitName, type SplitOptions } from '../../shared/datasets'
import { WorkbenchError } from '../../shared/errors'
import { Random } from './random'

export type SplitRowsOf = Record<SplitName, Int32Array>

/** Seed of the draw where none is said. */
export const standardSeed = 1

/** Share of validation and test where nothing is said. */
const standardFraction = 0.1

/** Splits that are files, or arrays, of their own. */
export interface OwnSplits {
  valid: boolean
  test: boolean
}

/**
 * How many of n rows go into each split: by count, by fraction, else a tenth each.
 * @param own splits of which none is taken from these rows
 * @throws SPLIT_OPTIONS, SPLIT_TOO_LARGE
 */
export function splitCounts(n: number, options: SplitOptions, own: OwnSplits): SplitCounts {
  if (own.test && (options.test !== undefined || options.testFraction !== undefined)) {
    throw refuse('SPLIT_OPTIONS', 'The test file is the test split, whole', 'Leave out the count of test images.')
  }
  if (own.valid && (options.valid !== undefined || options.validFraction !== undefined)) {
    throw refuse(
      'SPLIT_OPTIONS',
      'The data have a validation split of their own',
      'Leave out the count of validation images.',
    )
  }
  const valid = own.valid ? 0 : share('validation', n, options.valid, options.validFraction)
  const test = own.test ? 0 : share('test', n, options.test, options.testFraction)
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

/**
 * Rows of each split, drawn by the seed; within a split they keep the file's order. With labels every class has its
 * share of each split (stratified): a rare class is in all of them as far as it has images.
 * @param labels [n] indices of classes; null: drawn from all rows alike
 */
export function splitRows(n: number, counts: SplitCounts, seed: number, labels: Int32Array | null): SplitRowsOf {
  const order = new Random(seed, splitNames.length).permutation(n)
  if (labels === null) {
    const take = (from: number, count: number): Int32Array => order.slice(from, from + count).sort()
    return {
      test: take(0, counts.test),
      valid: take(counts.test, counts.valid),
      train: take(counts.test + counts.valid, counts.train),
    }
  }
  const classes: number[][] = []
  for (const row of order) (classes[labels[row]] ??= []).push(row)
  const groups = classes.filter((rows) => rows !== undefined)
  const taken = (count: number, later: number): Int32Array => {
    const shares = shareOut(
      groups.map((rows) => rows.length),
      count,
      later,
    )
    return Int32Array.from(groups.flatMap((rows, at) => rows.splice(0, shares[at]))).sort()
  }
  const test = taken(counts.test, counts.valid > 0 ? 2 : 1)
  const valid = taken(counts.valid, 1)
  return { test, valid, train: Int32Array.from(groups.flat()).sort() }
}

/**
 * How many of each group are taken, in proportion to their sizes, `total` in all. A group that has more than `later`
 * gives one at least, and keeps `later`, as far as the total allows.
 */
export function shareOut(sizes: readonly number[], total: number, later: number): number[] {
  const most = sizes.map((size) => Math.max(0, size - later))
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const giving = most.filter((count) => count > 0).length
  const small = sizes.map((size, at) => total >= giving && most[at] > 0 && size * total < all)
  const rest = total - small.filter(Boolean).length
  const others = sizes.reduce((sum, size, at) => sum + (small[at] ? 0 : size), 0)
  const exact = sizes.map((size, at) => (small[at] || others === 0 ? Number(small[at]) : (size * rest) / others))
  const shares = exact.map((share, at) => Math.min(most[at], Math.floor(share)))
  for (const limit of [most, sizes]) {
    for (let left = total - shares.reduce((sum, share) => sum + share, 0); left > 0; left--) {
      const open = [...sizes.keys()].filter((at) => shares[at] < limit[at])
      if (open.length === 0) break
      const next = open.reduce((best, at) => (exact[at] - shares[at] > exact[best] - shares[best] ? at : best))
      shares[next]++
    }
  }
  return shares
}

/** The last rows are the validation split, as in the published .amat files; all before them are to train on. */
export function lastRowsValid(counts: SplitCounts): SplitRowsOf {
  const rows = (from: number, count: number): Int32Array => Int32Array.from({ length: count }, (_, at) => from + at)
  return { train: rows(0, counts.train), valid: rows(counts.train, counts.valid), test: rows(0, 0) }
}

const refuse = (code: string, message: string, remedy: string): WorkbenchError =>
  new WorkbenchError(code, message, { where: 'splits', remedy })

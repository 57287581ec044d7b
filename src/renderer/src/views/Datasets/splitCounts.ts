import type { SplitCounts } from '../../../../shared/datasets'

const inRange = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)))

/**
 * Splits after one of them was typed; they always hold every example. Train is the rest of the others; typed itself, it
 * takes from Test.
 */
export function withCount(splits: SplitCounts, split: keyof SplitCounts, value: number): SplitCounts {
  const n = splits.train + splits.valid + splits.test
  if (split === 'train') {
    const train = inRange(value, n - splits.valid)
    return { ...splits, train, test: n - splits.valid - train }
  }
  const other = split === 'valid' ? splits.test : splits.valid
  const count = inRange(value, n)
  const kept = Math.min(other, n - count)
  const next = split === 'valid' ? { valid: count, test: kept } : { valid: kept, test: count }
  return { ...next, train: n - next.valid - next.test }
}

/** The same where one split is a file of its own, which stays whole: Train and the other one share the rest. */
export function withCountBeside(
  splits: SplitCounts,
  whole: 'valid' | 'test',
  split: keyof SplitCounts,
  value: number,
): SplitCounts {
  if (split === whole) return splits
  const other = whole === 'test' ? 'valid' : 'test'
  const n = splits.train + splits[other]
  const count = inRange(value, n)
  return { ...splits, train: split === 'train' ? count : n - count, [other]: split === 'train' ? n - count : count }
}

import type { SplitName } from './datasets'

/** Words that name a split, in the names of folders, files and arrays. */
export const splitWords: Readonly<Record<SplitName, readonly string[]>> = {
  train: ['train', 'training'],
  valid: ['valid', 'validation', 'val'],
  test: ['test', 'testing'],
}
/** MNIST's test files are called so. */
const testFiles = ['t10k']

const splits = Object.entries(splitWords) as [SplitName, readonly string[]][]

/** The split that a whole word names; null for other words. */
export const splitOfWord = (word: string): SplitName | null =>
  splits.find(([, words]) => words.includes(word.toLowerCase()))?.[0] ?? null

const patterns = splits.map(([split, words]) => {
  const all = split === 'test' ? [...words, ...testFiles] : words
  return [split, new RegExp(`(^|[^a-z])(${all.join('|')})([^a-z]|$)`, 'i')] as const
})

/** The split that a file's name has as a word: mnist_train.amat, t10k-images-idx3-ubyte. */
export const splitInName = (name: string): SplitName | null =>
  patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? null

import type { SplitName } from '../../shared/datasets'

const words: readonly [SplitName, RegExp][] = [
  ['train', /(^|[^a-z])(train|training)([^a-z]|$)/i],
  ['valid', /(^|[^a-z])(valid|validation|val)([^a-z]|$)/i],
  ['test', /(^|[^a-z])(test|testing|t10k)([^a-z0-9]|$)/i],
]

/** The split that a file's or a folder's name says it is: mnist_train.amat, t10k-images-idx3-ubyte. */
export const fileSplit = (name: string): SplitName | null =>
  words.find(([, pattern]) => pattern.test(name))?.[0] ?? null

import { meanKeys, unitKeys } from '../../../src/shared/kinds/keys'
import { kind } from '../../../src/shared/kinds/kind'

/** What every process knows of a kind that only tests have. */
export const plain = kind({
  title: 'auto-encoder without hidden biases',
  summary: 'plain: without hidden biases',
  images: 'one',
  gated: false,
  keys: { ...meanKeys, ...unitKeys },
  energies: [],
  filters: 'Rows of W.',
})

export const judge = { ...plain, title: 'judge', summary: 'judge: scores by itself' }

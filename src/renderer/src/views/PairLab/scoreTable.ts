import type { ClassScore } from '../../../../shared/scores'
import { formatDigits } from '../../../../shared/numbers'
import { formatEnergy } from '../../format'

interface ScoreRow {
  /** Path in the command line's JSON, below `terms`. */
  key: string
  term: string
  /** In words and formulae: what the term is. */
  meaning: string
  value: string
  coefficient: string
  product: string
  /** The full number of the last column. */
  exact: number
}

const terms = [
  { key: 'mean', term: 'mean', meaning: 'Σ S(W x + c) over the hidden units' },
  {
    key: 'covariance',
    term: 'covariance',
    meaning: 'Σ S(u) over the mapping units; of the diagonal energy half of it',
  },
  { key: 'visible', term: 'visible', meaning: 'b·x - ½‖b‖², what is left of -½‖x - b‖²; Bernoulli visibles: b·x' },
] as const

/** How the score of one class comes about, a row a term; null where it is made of no energies. */
export function scoreTable({ scores, posterior, parts }: ClassScore, index: number): ScoreRow[] | null {
  const part = parts?.[index]
  if (part === undefined) return null
  const total = (key: string, term: string, meaning: string, value: number, text: string): ScoreRow => ({
    ...{ key, term, meaning, value: '', coefficient: '', product: text, exact: value },
  })
  return [
    ...terms.flatMap(({ key, term, meaning }): ScoreRow[] => {
      const found = part[key]
      if (found === null) return []
      const product = found.value * found.coefficient
      return [
        {
          ...{ key, term, meaning },
          value: formatEnergy(found.value),
          coefficient: formatDigits(found.coefficient, 4),
          product: formatEnergy(product),
          exact: product,
        },
      ]
    }),
    total('B', 'B', 'Bias of the class', part.B, formatEnergy(part.B)),
    total('score', 'score', 'The sum of the products and B', scores[index], formatEnergy(scores[index])),
    total('posterior', 'posterior', 'softmax of the scores', posterior[index], formatDigits(posterior[index], 3)),
  ]
}

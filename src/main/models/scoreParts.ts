import type { ScoreParts } from '../../shared/scores'
import type { Coefficients } from './coefficients'
import type { TermArrays } from './posterior'

/** What the score of each class is made of. @param terms [N, C] each @param row of the image */
export function scoreParts(terms: TermArrays, { B, aM, aC, aB }: Coefficients, row: number): ScoreParts[] {
  const classes = B.length
  return Array.from({ length: classes }, (_, index) => {
    const at = row * classes + index
    const part = (values: TermArrays['mean'], coefficients: Float32Array) =>
      values === null ? null : { value: values[at], coefficient: coefficients[index] }
    return {
      mean: part(terms.mean, aM),
      covariance: part(terms.covariance, aC),
      visible: { value: terms.visible[at], coefficient: aB[index] },
      B: B[index],
    }
  })
}

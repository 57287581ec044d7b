import { WorkbenchError } from '../../shared/errors'
import type { EnergyKind } from '../../shared/model'
import type { Coefficients } from './coefficients'

type Floats = Float32Array | Float64Array

/** Terms of eq. 7 and 8, each [N, C] row-major; null where the models lack the part. */
export interface TermArrays {
  mean: Floats | null
  covariance: Floats | null
  visible: Floats
}

/** The terms of one energy as those of the other: the diagonal one has half of the covariance sum. @param energy whose `terms` are */
export const otherEnergyTerms = (terms: TermArrays, energy: EnergyKind): TermArrays => ({
  ...terms,
  covariance: terms.covariance?.map((value) => (energy === 'conditional' ? value / 2 : value * 2)) ?? null,
})

/** s_i of every row, in float64. @returns [N, C] */
export function scoresOf(terms: TermArrays, { B, aM, aC, aB }: Coefficients): Float64Array {
  const classes = B.length
  const scores = new Float64Array(terms.visible.length)
  for (let at = 0; at < scores.length; at++) {
    const i = at % classes
    let score = aB[i] * terms.visible[at] + B[i]
    if (terms.mean !== null) score += aM[i] * terms.mean[at]
    if (terms.covariance !== null) score += aC[i] * terms.covariance[at]
    scores[at] = score
  }
  return scores
}

/** log Σ exp of one row, the largest value taken out. */
export function logSumExp(row: Float64Array): number {
  let largest = -Infinity
  for (const value of row) if (value > largest) largest = value
  let sum = 0
  for (const value of row) sum += Math.exp(value - largest)
  return largest + Math.log(sum)
}

/** softmax(s) of one row. */
export function posterior(row: Float64Array): Float64Array {
  const total = logSumExp(row)
  return row.map((score) => Math.exp(score - total))
}

/** Where the largest score is shared by several classes: no class. */
export const undecided = -1

/**
 * The class with the largest score, `undecided` for a tie.
 * @param where the row, for the error
 * @throws SCORES_NOT_FINITE
 */
export function decide(row: Float64Array, where: string): number {
  let best = 0
  let ties = 0
  for (let i = 0; i < row.length; i++) {
    if (!Number.isFinite(row[i])) {
      throw new WorkbenchError('SCORES_NOT_FINITE', `The score of class ${i} is ${row[i]}`, {
        where,
        remedy:
          'The models have diverged (train with a lower learning rate), or its pixels are far outside of those that they were trained on.',
        exit: 1,
      })
    }
    if (i === 0 || row[i] > row[best]) [best, ties] = [i, 0]
    else if (row[i] === row[best]) ties++
  }
  return ties > 0 ? undecided : best
}

export interface Decisions {
  /** Share of rows whose class is not the label; an undecided row is an error. */
  error: number
  /** Mean of -log P(label|x). */
  nll: number
  /** [N]: class, or `undecided` */
  predicted: Int32Array<ArrayBuffer>
  /** [true class][predicted class]; undecided rows are in no column. */
  confusion: number[][]
}

/**
 * Classifies all rows. @param scores [N, C] @param placeOf a row, in words for an error
 * @throws SCORES_NOT_FINITE
 */
export function classify(
  scores: Float64Array,
  labels: Int32Array,
  classes: number,
  placeOf: (row: number) => string = (row) => `image ${row}`,
): Decisions {
  const predicted = new Int32Array(labels.length)
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  let wrong = 0
  let nll = 0
  for (let n = 0; n < labels.length; n++) {
    const row = scores.subarray(n * classes, (n + 1) * classes)
    predicted[n] = decide(row, placeOf(n))
    nll += logSumExp(row) - row[labels[n]]
    if (predicted[n] !== labels[n]) wrong++
    if (predicted[n] !== undecided) confusion[labels[n]][predicted[n]]++
  }
  return { error: wrong / labels.length, nll: nll / labels.length, predicted, confusion }
}

import type { ModelDescription } from '../../../shared/model'
import type { TermArrays } from '../../models/posterior'
import type { LabelledExamples } from './fitData'

/** B_i at the start: minus the mean energy of the images of class i under model i. @returns [C] */
export function startBiases(
  { visible }: ModelDescription,
  { x, labels, n }: LabelledExamples,
  terms: TermArrays,
  classes: number,
): Float64Array {
  const sums = new Float64Array(classes)
  const counts = new Float64Array(classes)
  const pixels = x.length / n
  for (let row = 0; row < n; row++) {
    // The terms lack -½‖x‖², which is part of the Gaussian energy alone.
    let squares = 0
    if (visible === 'gaussian') for (let at = row * pixels; at < (row + 1) * pixels; at++) squares += x[at] ** 2
    const at = row * classes + labels[row]
    sums[labels[row]] += (terms.mean?.[at] ?? 0) + (terms.covariance?.[at] ?? 0) + terms.visible[at] - squares / 2
    counts[labels[row]]++
  }
  return sums.map((sum, i) => (counts[i] === 0 ? 0 : -sum / counts[i]))
}

import { describe, expect, it } from 'vitest'
import { constant, input } from '../../../src/main/compute/graph'
import { mul } from '../../../src/main/compute/ops'
import { float64 } from '../../../src/main/compute/tensor'
import { classScores, crossEntropy } from '../../../src/main/models/classifier'
import { classify, decide, otherEnergyTerms, posterior, scoresOf, undecided } from '../../../src/main/models/posterior'
import { expectClose } from '../../support/close'
import { valuesOf } from '../../support/reference'

const coefficients = {
  B: Float32Array.of(1, -2),
  aM: Float32Array.of(2, 0.5),
  aC: Float32Array.of(1, 3),
  aB: Float32Array.of(0.25, 1),
}
const terms = {
  mean: Float64Array.of(1, 2, 3, 4),
  covariance: Float64Array.of(5, 6, 7, 8),
  visible: Float64Array.of(-1, -2, -3, -4),
}

describe('scores of eq. 7 and 8', () => {
  it('are aM Σ S_M + aC Σ S_C + aB (b·x - ½‖b‖²) + B', () => {
    expect([...scoresOf(terms, coefficients)]).toEqual([7.75, 15, 13.25, 20])
    expect([...scoresOf({ ...terms, mean: null }, coefficients)]).toEqual([5.75, 14, 7.25, 18])
  })

  it('of the other energy have half or twice the covariance sum', () => {
    const diagonal = otherEnergyTerms(terms, 'conditional')
    expect([...diagonal.covariance!]).toEqual([2.5, 3, 3.5, 4])
    expect(otherEnergyTerms(diagonal, 'diagonal')).toEqual(terms)
    expect(otherEnergyTerms({ ...terms, covariance: null }, 'diagonal').covariance).toBeNull()
  })

  it('are the same in the graph that fine-tunes', async () => {
    const at = (name: string, shape: number[]) => mul(input(name, shape), constant(1))
    const names = Object.keys(coefficients) as (keyof typeof coefficients)[]
    const feeds = Object.fromEntries([
      ...Object.entries(terms).map(([name, data]) => [name, float64(data, [2, 2])]),
      ...names.map((name) => [name, float64(Float64Array.from(coefficients[name]), [2])]),
    ]) as Record<string, ReturnType<typeof float64>>
    const scores = classScores(
      { mean: at('mean', [2, 2]), covariance: at('covariance', [2, 2]), visible: at('visible', [2, 2]) },
      { B: at('B', [2]), aM: at('aM', [2]), aC: at('aC', [2]), aB: at('aB', [2]) },
    )
    const oneHot = input('oneHot', [2, 2])
    const found = await valuesOf(
      { scores, loss: crossEntropy(scores, oneHot) },
      { ...feeds, oneHot: float64(Float64Array.of(1, 0, 0, 1), [2, 2]) },
    )
    const rows = scoresOf(terms, coefficients)
    expectClose(found.scores, rows, 1e-12)
    const [first, second] = [posterior(rows.subarray(0, 2)), posterior(rows.subarray(2, 4))]
    expectClose(found.loss, [-Math.log(first[0]!), -Math.log(second[1]!)], 1e-9)
  })
})

describe('decisions', () => {
  it('softmax stays finite for large scores', () => {
    expectClose(posterior(Float64Array.of(1000, 1000 + Math.log(3), -1e6)), [0.25, 0.75, 0], 1e-9)
  })

  it('a tie is no class, a NaN or an infinity an error', () => {
    expect(decide(Float64Array.of(1, 3, 2), 'image 0')).toBe(1)
    expect(decide(Float64Array.of(3, 1, 3), 'image 0')).toBe(undecided)
    expect(decide(Float64Array.of(3, 3, 4), 'image 0')).toBe(2)
    expect(() => decide(Float64Array.of(0, NaN), 'image 7')).toThrowError(/score of class 1 is NaN/)
    expect(() => decide(Float64Array.of(Infinity, 0), 'image 7')).toThrowError(/class 0 is Infinity/)
  })

  it('counts errors, log-likelihood and confusions; a tie is an error in no column', () => {
    const scores = Float64Array.of(2, 0, 0, 1, 3, 1, 1, 1)
    const { error, nll, predicted, confusion } = classify(scores, Int32Array.of(0, 1, 1, 0), 2)
    expect(error).toBe(0.5)
    expect([...predicted]).toEqual([0, 1, 0, undecided])
    expect(confusion).toEqual([
      [1, 0],
      [1, 1],
    ])
    const expected = [Math.log1p(Math.exp(-2)), Math.log1p(Math.exp(-1)), Math.log1p(Math.exp(2)), Math.log(2)]
    expect(nll).toBeCloseTo(expected.reduce((total, value) => total + value) / 4, 12)
  })
})

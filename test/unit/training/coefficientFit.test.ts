import { describe, expect, it } from 'vitest'
import { openBackend } from '../../../src/main/compute/backend'
import { gaussians, uniforms } from '../../../src/main/compute/random'
import { classify, scoresOf, type TermArrays } from '../../../src/main/models/posterior'
import { fitCoefficients, type CoefficientFit, type LabelledTerms } from '../../../src/main/training/fit/coefficientFit'

const classes = 3

/**
 * Images whose mean term tells the class and whose covariance term is noise ten times as large, so that scales of 1 are
 * wrong; every term has another offset in each class.
 */
function noisyTerms(n: number, seed: number): LabelledTerms {
  const labels = Int32Array.from(uniforms(seed, 0, 0, n), (uniform) => Math.floor(classes * uniform))
  const noise = (stream: number) => gaussians(seed, stream, 0, n * classes)
  const [a, b, c] = [noise(1), noise(2), noise(3)]
  const term = (value: (row: number, i: number, at: number) => number) =>
    Float64Array.from({ length: n * classes }, (_, at) => value(Math.floor(at / classes), at % classes, at))
  const terms: TermArrays = {
    mean: term((row, i, at) => (labels[row] === i ? 3 : 0) + a[at]! + 20 * i),
    covariance: term((_, i, at) => 30 * b[at]! - 50 * i),
    visible: term((row, i, at) => (labels[row] === i ? 1 : 0) + c[at]! + 7),
  }
  return { terms, labels }
}

/** A step of 600 is small work for the engine; the float64 reference is fast enough for so few images. */
async function fitted(scales: CoefficientFit['scales'], changes: Partial<CoefficientFit> = {}) {
  const checks: { step: number; error: number; nll: number }[] = []
  const result = await fitCoefficients(await openBackend({ engine: 'reference', device: 'cpu', threads: 1 }), {
    scales,
    fit: noisyTerms(150, 1),
    valid: noisyTerms(150, 2),
    biases: Float64Array.of(30, 60, 90),
    onCheck: (step, { error, nll }) => checks.push({ step, error, nll }),
    breathe: () => Promise.resolve(),
    ...changes,
  })
  return { ...result, checks }
}

describe('fitting the coefficients of eq. 7 and 8', () => {
  it('scales weigh the terms: noise fades, and the error falls far below that of biases alone', async () => {
    const [biases, scales] = [await fitted('none'), await fitted('class')]
    expect([...biases.coefficients.aM, ...biases.coefficients.aC, ...biases.coefficients.aB]).toEqual(
      new Array(9).fill(1),
    )
    expect(biases.error).toBeGreaterThan(0.4)
    expect(scales.error).toBeLessThan(0.1)
    for (let i = 0; i < classes; i++) {
      expect(Math.abs(scales.coefficients.aC[i]!)).toBeLessThan(0.1 * scales.coefficients.aM[i]!)
    }
  })

  it('shared scales are the same for all classes', async () => {
    const { coefficients, error } = await fitted('shared')
    for (const name of ['aM', 'aC', 'aB'] as const) expect(new Set(coefficients[name]).size).toBe(1)
    expect(error).toBeLessThan(0.1)
  })

  it('the best of all checks by validation likelihood is taken, and it is what the coefficients give', async () => {
    const { coefficients, error, nll, checks } = await fitted('class')
    expect(checks.map(({ step }) => step)).toEqual(Array.from({ length: 31 }, (_, at) => 20 * at))
    expect(nll).toBe(Math.min(...checks.map((check) => check.nll)))
    const valid = noisyTerms(150, 2)
    expect(classify(scoresOf(valid.terms, coefficients), valid.labels, classes)).toMatchObject({ error, nll })
  })

  it('terms that are not finite are an error', async () => {
    const fit = noisyTerms(150, 1)
    fit.terms.visible[5] = NaN
    await expect(fitted('class', { fit })).rejects.toMatchObject({ code: 'SCORES_NOT_FINITE' })
  })
})

import type { ClassifierSpec } from '../../../shared/spec/schema'
import type { Backend } from '../../compute/backend'
import { compileSteps, type StepRunner } from '../../compute/driver'
import { graph, input, type Node } from '../../compute/graph'
import { add, mul, scale } from '../../compute/ops'
import { float32, type Tensor, type Tensors } from '../../compute/tensor'
import type { Breathe } from '../../models/batchedGraph'
import { crossEntropy } from '../../models/classifier'
import { batchMean } from '../../models/loss'
import { classify, scoresOf, type TermArrays } from '../../models/posterior'
import { better } from '../loop/epochLoop'
import { stepRates, update } from '../steps/optimizers'
import type { Coefficients } from '../../models/coefficients'

/** Full-batch steps of Adam, and how often the coefficients are tried on the validation data. */
export const fitSteps = 600
const checkEvery = 20
const rule = {
  kind: 'adam',
  learningRate: 0.1,
  schedule: 'linear',
  momentum: 0,
  weightDecay: 0,
  maxNorm: null,
} as const

/** Energy terms of labelled images under all classes. */
export interface LabelledTerms {
  terms: TermArrays
  labels: Int32Array
}

export interface CoefficientFit {
  /** B alone, or B and the scales of the terms. */
  scales: 'none' | 'class' | 'shared'
  /** Data to fit to. */
  fit: LabelledTerms
  /**
   * Data that decides which coefficients are best, by their negative log-likelihood: on a few hundred images the error of
   * a start that was never fitted may by luck be the lowest.
   */
  valid: LabelledTerms
  /** B to start from [C], for scales of 1. */
  biases: Float64Array
  onCheck(step: number, now: Tried): void
  breathe: Breathe
}

/** What of the coefficients a classifier fits; `all` starts from its scales. */
export const scalesOf = ({ finetune, scales }: ClassifierSpec): CoefficientFit['scales'] =>
  finetune === 'biases' ? 'none' : scales

/** Coefficients with what they do on the validation data. */
export interface Tried {
  coefficients: Coefficients
  /** Mean negative log-likelihood of the data fitted to. */
  fitNll: number
  error: number
  nll: number
}

/**
 * Fits the coefficients of eq. 7 and 8 by cross-entropy. Scales start from 1/τ, τ the deviation of an image's scores from
 * each other: raw energies differ by tens of nats, and a fit that starts so sure of itself hardly moves.
 * @returns the best of all checks, the start included
 * @throws SCORES_NOT_FINITE
 */
export async function fitCoefficients(backend: Backend, task: CoefficientFit): Promise<Tried> {
  const start = startCoefficients(task)
  const terms = standardTerms(task.fit.terms, start.B.length)
  const runner = await compileFit(backend, task, terms, start)
  try {
    let best = tried(task, start)
    task.onCheck(0, best)
    for (let done = 0; done < fitSteps; done += checkEvery) {
      await runner.run(checkEvery, { rate: float32(stepRates(rule, done, checkEvery, fitSteps), [checkEvery]) })
      const now = tried(task, coefficientsOf(await runner.getState(), terms, start))
      if (better([now.nll, now.error], [best.nll, best.error])) best = now
      task.onCheck(done + checkEvery, now)
      await task.breathe()
    }
    return best
  } finally {
    await runner.dispose()
  }
}

function startCoefficients({ fit, biases, scales }: CoefficientFit): Coefficients {
  const ones = Float32Array.from(biases, () => 1)
  const raw: Coefficients = { B: Float32Array.from(biases), aM: ones, aC: ones, aB: ones }
  if (scales === 'none') return raw
  const scores = scoresOf(fit.terms, raw)
  let squares = 0
  for (let at = 0; at < scores.length; at += biases.length) {
    const row = scores.subarray(at, at + biases.length)
    const mean = row.reduce((total, score) => total + score, 0) / row.length
    for (const score of row) squares += (score - mean) ** 2
  }
  const tau = Math.sqrt(squares / scores.length) || 1
  const soft = (values: Float32Array) => values.map((value) => value / tau)
  return { B: soft(raw.B), aM: soft(ones), aC: soft(ones), aB: soft(ones) }
}

/** A term, each class's mean removed, divided by the pooled deviation, so that Adam's steps suit all terms. */
interface StandardTerm {
  scaleName: 'aM' | 'aC' | 'aB'
  values: Float32Array
  means: Float64Array
  deviation: number
}

function standardTerms({ mean, covariance, visible }: TermArrays, classes: number): StandardTerm[] {
  const all = [
    ['aM', mean],
    ['aC', covariance],
    ['aB', visible],
  ] as const
  return all.flatMap(([scaleName, term]) => {
    if (term === null) return []
    const means = new Float64Array(classes)
    for (let at = 0; at < term.length; at++) means[at % classes] += (term[at] * classes) / term.length
    let squares = 0
    for (let at = 0; at < term.length; at++) squares += (term[at] - means[at % classes]) ** 2
    const deviation = Math.sqrt(squares / term.length) || 1
    const values = Float32Array.from(term, (value: number, at: number) => (value - means[at % classes]) / deviation)
    return [{ scaleName, values, means, deviation }]
  })
}

/** Scores are Σ θ z + β over the standard terms z: θ = a deviation and β = B + Σ a mean are what is carried. */
async function compileFit(
  backend: Backend,
  { fit, scales }: CoefficientFit,
  terms: readonly StandardTerm[],
  start: Coefficients,
): Promise<StepRunner> {
  const classes = start.B.length
  const [n, width] = [fit.labels.length, scales === 'shared' ? 1 : classes]
  const parameters: Record<string, Node> = { beta: input('beta', [classes]) }
  const beta = start.B.map((bias, i) =>
    terms.reduce((sum, { scaleName, means }) => sum + start[scaleName][i] * means[i], bias),
  )
  const carried: Record<string, Tensor> = { beta: float32(beta, [classes]) }
  const data: Record<string, Tensor> = { oneHot: float32(oneHot(fit.labels, classes), [n, classes]) }
  let scores: Node = parameters.beta
  for (const { scaleName, values, deviation } of terms) {
    const z = input(`z/${scaleName}`, [n, classes])
    data[`z/${scaleName}`] = float32(values, [n, classes])
    if (scales === 'none') scores = add(scale(z, deviation), scores)
    else {
      parameters[scaleName] = input(scaleName, [width])
      carried[scaleName] = float32(
        start[scaleName].slice(0, width).map((a) => a * deviation),
        [width],
      )
      scores = add(mul(z, parameters[scaleName]), scores)
    }
  }
  const loss = batchMean(crossEntropy(scores, input('oneHot', [n, classes])))
  const { outputs, memory } = update(rule, loss, parameters, input('rate', []))
  const step = {
    state: Object.keys(outputs),
    data: Object.keys(data),
    perStep: ['rate'],
    graph: graph({ ...outputs, loss }),
  }
  const runner = await compileSteps(backend, step, data)
  for (const [name, shape] of Object.entries(memory)) {
    carried[name] = float32(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)
  }
  await runner.setState(carried)
  return runner
}

/** @returns [N, C] */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes)
  labels.forEach((label, n) => (rows[n * classes + label] = 1))
  return rows
}

function coefficientsOf(state: Tensors, terms: readonly StandardTerm[], start: Coefficients): Coefficients {
  const coefficients: Coefficients = { ...start }
  const B = Float64Array.from(state.beta.data)
  for (const { scaleName, means, deviation } of terms) {
    const theta = scaleName in state ? state[scaleName].data : null
    if (theta !== null) coefficients[scaleName] = start.B.map((_, i) => theta[i % theta.length] / deviation)
    means.forEach((mean, i) => (B[i] -= coefficients[scaleName][i] * mean))
  }
  return { ...coefficients, B: Float32Array.from(B) }
}

function tried({ fit, valid }: CoefficientFit, coefficients: Coefficients): Tried {
  const classes = coefficients.B.length
  const { error, nll } = classify(scoresOf(valid.terms, coefficients), valid.labels, classes)
  const { nll: fitNll } = classify(scoresOf(fit.terms, coefficients), fit.labels, classes)
  return { coefficients, fitNll, error, nll }
}

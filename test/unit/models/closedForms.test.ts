import { describe, expect, it } from 'vitest'
import { gradients } from '../../../src/main/compute/gradient'
import { input, type Node } from '../../../src/main/compute/graph'
import { add, slice, square, sub, sum } from '../../../src/main/compute/ops'
import type { Tensors } from '../../../src/main/compute/tensor'
import { weightInputs } from '../../../src/main/models/parameters'
import { expectClose } from '../../support/close'
import { randomImages, randomWeights, rowsOf, smallDescription } from '../../support/randomModel'
import { valuesOf } from '../../support/reference'
import { imageModel } from '../../../src/main/models/forward'
import { pairModel } from '../../support/pairModel'

type Matrix = number[][]

/** σ and σ' of each activation, written by hand. */
const forms = {
  sigmoid: {
    sigma: (u: number): number => 1 / (1 + Math.exp(-u)),
    slope: (u: number): number => 1 / (2 + Math.exp(u) + Math.exp(-u)),
  },
  tanh: { sigma: Math.tanh, slope: (u: number): number => 1 / Math.cosh(u) ** 2 },
  relu: { sigma: (u: number): number => Math.max(0, u), slope: (u: number): number => (u > 0 ? 1 : 0) },
  linear: { sigma: (u: number): number => u, slope: (): number => 1 },
} as const
const activations = Object.keys(forms) as (keyof typeof forms)[]
const times = (a: Matrix, b: Matrix): Matrix => a.map((row) => b[0]!.map((_, j) => dot(row, column(b, j))))
const column = (a: Matrix, j: number): number[] => a.map((row) => row[j]!)
const dot = (a: number[], b: number[]): number => a.reduce((total, value, i) => total + value * b[i]!, 0)
const apply = (a: Matrix, x: number[]): number[] => a.map((row) => dot(row, x))
const turned = (a: Matrix): Matrix => a[0]!.map((_, j) => column(a, j))
const rowsTimes = (a: Matrix, factors: number[]): Matrix => a.map((row, i) => row.map((value) => value * factors[i]!))
const columnsTimes = (a: Matrix, factors: number[]): Matrix =>
  a.map((row) => row.map((value, j) => value * factors[j]!))
const plus = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((value, j) => value + b[i]![j]!))
const minusUnit = (a: Matrix): Matrix => a.map((row, i) => row.map((value, j) => value - (i === j ? 1 : 0)))
const weighted = (a: Matrix, factors: number[]): Matrix => times(turned(a), rowsTimes(a, factors))
const squares = (a: Matrix, factors: number[]): number =>
  a.reduce((total, row, k) => total + factors[k]! ** 2 * dot(row, row), 0)

const matrix = (weights: Tensors, name: string): Matrix => rowsOf(weights[name]!)
const vector = (weights: Tensors, name: string): number[] => [...weights[name]!.data]

/** Rows of the Jacobian of a field [1, D] by its input. */
const jacobian = (field: Node, by: Node): Record<string, Node> =>
  Object.fromEntries(
    Array.from({ length: field.shape[1]! }, (_, i) => [
      `row ${i}`,
      gradients(sum(slice(field, 1, i, i + 1)), [by])[0]!,
    ]),
  )

const matrixOf = (values: Record<string, Float64Array>): Matrix =>
  Object.keys(values).map((_, i) => [...values[`row ${i}`]!])

/** Σ_k ‖∂h_k/∂y‖² of units [1, K]. */
const contraction = (units: Node, by: Node): Node =>
  Array.from({ length: units.shape[1]! }, (_, k) =>
    sum(square(gradients(sum(slice(units, 1, k, k + 1)), [by])[0]!)),
  ).reduce((total, part) => add(total, part))

describe.each(activations)('closed forms against the graph gradients, %s', (activation) => {
  const { sigma, slope } = forms[activation]

  it('AE: Jacobian WᵀΔW - I and contraction Σ σ²‖W_k‖²', async () => {
    const description = smallDescription('ae', activation)
    const [weights, image] = [randomWeights(description, 3), randomImages(1, 7, 4)]
    const x = input('x', [1, 7])
    const { reconstruction, hidden } = imageModel(description, weightInputs(description), x)
    const feeds = { ...weights, x: image }
    const W = matrix(weights, 'W')
    const slopes = apply(W, rowsOf(image)[0]!).map((u, k) => slope(u + vector(weights, 'c')[k]!))
    const found = matrixOf(await valuesOf(jacobian(sub(reconstruction, x), x), feeds))
    expectClose(found, minusUnit(weighted(W, slopes)), 1e-12)
    const { penalty } = await valuesOf({ penalty: contraction(hidden!, x) }, feeds)
    expectClose(penalty, [squares(W, slopes)], 1e-12)
  })

  it('GAE, x held: Jacobian AᵀΔA - I and contraction Σ σ²‖A_k‖², A = W_M diag(f_x) W_Y', async () => {
    const description = smallDescription('gae', activation)
    const weights = randomWeights(description, 5)
    const feeds = { ...weights, x: randomImages(1, 7, 6), y: randomImages(1, 6, 7) }
    const y = input('y', [1, 6])
    const parts = pairModel(description, weightInputs(description), input('x', [1, 7]), y)
    const [fx, fy] = [
      apply(matrix(weights, 'WX'), rowsOf(feeds.x)[0]!),
      apply(matrix(weights, 'WY'), rowsOf(feeds.y)[0]!),
    ]
    const WM = matrix(weights, 'WM')
    const A = times(columnsTimes(WM, fx), matrix(weights, 'WY'))
    const products = fx.map((f, i) => f * fy[i]!)
    const slopes = apply(WM, products).map((u, k) => slope(u + vector(weights, 'bm')[k]!))
    const found = matrixOf(await valuesOf(jacobian(sub(parts.reconstructionY, y), y), feeds))
    expectClose(found, minusUnit(weighted(A, slopes)), 1e-12)
    const { penalty } = await valuesOf({ penalty: contraction(parts.mapping!, y) }, feeds)
    expectClose(penalty, [squares(A, slopes)], 1e-12)
  })

  it.each(['cae', 'mcae'] as const)(
    '%s, both slots moving: W_Fᵀ diag(p) W_F + 2AᵀΔA [+ WᵀΔW] - I, and four times the contraction of one slot',
    async (kind) => {
      const description = smallDescription(kind, activation)
      const [weights, image] = [randomWeights(description, 8), randomImages(1, 7, 9)]
      const feeds = { ...weights, x: image }
      const x = input('x', [1, 7])
      const { reconstruction, mapping } = imageModel(description, weightInputs(description), x)
      const [WF, WM, pixels] = [matrix(weights, 'WF'), matrix(weights, 'WM'), rowsOf(image)[0]!]
      const f = apply(WF, pixels)
      const u = apply(
        WM,
        f.map((value) => value ** 2),
      ).map((value, k) => value + vector(weights, 'bm')[k]!)
      const A = times(columnsTimes(WM, f), WF)
      const p = apply(turned(WM), u.map(sigma))
      let expected = plus(
        weighted(WF, p),
        weighted(
          A,
          u.map((value) => 2 * slope(value)),
        ),
      )
      if (kind === 'mcae') {
        const W = matrix(weights, 'W')
        const slopes = apply(W, pixels).map((value, k) => slope(value + vector(weights, 'c')[k]!))
        expected = plus(expected, weighted(W, slopes))
      }
      const found = matrixOf(await valuesOf(jacobian(sub(reconstruction, x), x), feeds))
      expectClose(found, minusUnit(expected), 1e-12)
      const { penalty } = await valuesOf({ penalty: contraction(mapping!, x) }, feeds)
      expectClose(penalty, [4 * squares(A, u.map(slope))], 1e-12)
    },
  )
})

describe('the Jacobian of the field', () => {
  it.each(['ae', 'cae', 'mcae'] as const)('of an %s is symmetric for every activation', async (kind) => {
    for (const activation of activations) {
      const description = smallDescription(kind, activation)
      const x = input('x', [1, 7])
      const { reconstruction } = imageModel(description, weightInputs(description), x)
      const feeds = { ...randomWeights(description, 10), x: randomImages(1, 7, 11) }
      const found = matrixOf(await valuesOf(jacobian(sub(reconstruction, x), x), feeds))
      expect(found.flat().some((value) => value !== 0)).toBe(true)
      expectClose(found, turned(found), 1e-12, activation)
    }
  })
})

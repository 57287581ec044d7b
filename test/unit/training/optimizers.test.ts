import { describe, expect, it } from 'vitest'
import { compileSteps } from '../../../src/main/compute/driver'
import { openBackend } from '../../../src/main/compute/backend'
import { graph, input } from '../../../src/main/compute/graph'
import { add, square, sub, sum } from '../../../src/main/compute/ops'
import { float64, type Tensor } from '../../../src/main/compute/tensor'
import { stepRates, update, type UpdateRule } from '../../../src/main/training/steps/optimizers'
import { freshState } from '../../../src/main/training/loop/trainingState'
import { expectClose } from '../../support/close'

const target = [1, -2, 3, 0.5]
const steps = 5

/** Runs steps of a rule on Σ (w - target)² + Σ c², w a matrix and c a bias, both from 0.5. */
async function run(rule: UpdateRule, rates: Float32Array) {
  const parameters = { w: input('w', [2, 2]), c: input('c', [2]) }
  const { w, c } = parameters
  const distance = sum(square(sub(w, input('target', [2, 2]))))
  const loss = sum(square(c))
  const both = sub(distance, sub(0, loss))
  const { outputs, memory } = update(rule, both, parameters, input('rate', []))
  const backend = await openBackend({ engine: 'reference', device: 'cpu', threads: 1 })
  const runner = await compileSteps(
    backend,
    { state: Object.keys(outputs), data: ['target'], perStep: ['rate'], graph: graph({ ...outputs, loss: both }) },
    { target: float64(Float64Array.from(target), [2, 2]) },
  )
  const half = (count: number, shape: number[]) => float64(new Float64Array(count).fill(0.5), shape)
  await runner.setState(freshState({ w: half(4, [2, 2]), c: half(2, [2]) }, memory).carried)
  await runner.run(rates.length, { rate: float64(Float64Array.from(rates), [rates.length]) })
  const state = await runner.getState()
  await runner.dispose()
  return { w: [...state.w!.data], c: [...state.c!.data] }
}

const slopeOf = (value: number, goal: number): number => 2 * (value - goal)

describe('update rules', () => {
  it('sgd: v = momentum v - rate (g + decay w), w = w + v; biases do not decay', async () => {
    const rule = { kind: 'sgd', momentum: 0.8, weightDecay: 0.1, maxNorm: null } as const
    const expected = (goal: number, decay: number) => {
      let [value, velocity] = [0.5, 0]
      for (let step = 0; step < steps; step++) {
        velocity = 0.8 * velocity - Math.fround(0.05) * (slopeOf(value, goal) + decay * value)
        value += velocity
      }
      return value
    }
    const found = await run(rule, new Float32Array(steps).fill(0.05))
    expectClose(
      found.w,
      target.map((goal) => expected(goal, 0.1)),
      1e-12,
    )
    expectClose(found.c, [expected(0, 0), expected(0, 0)], 1e-12)
  })

  it('adam: moments of decay 0.9 and 0.999, their bias corrected by the rate', async () => {
    const rule = {
      kind: 'adam',
      learningRate: 0.05,
      schedule: 'constant',
      momentum: 0,
      weightDecay: 0.1,
      maxNorm: null,
    } as const
    const expected = (goal: number, decay: number) => {
      let [value, first, second] = [0.5, 0, 0]
      for (let t = 1; t <= steps; t++) {
        const g = slopeOf(value, goal) + decay * value
        first = 0.9 * first + 0.1 * g
        second = 0.999 * second + 0.001 * g * g
        value -= (0.05 * (first / (1 - 0.9 ** t))) / Math.sqrt(second / (1 - 0.999 ** t))
      }
      return value
    }
    const found = await run(rule, stepRates(rule, 0, steps, 100))
    expectClose(
      found.w,
      target.map((goal) => expected(goal, 0.1)),
      1e-6,
    )
    expectClose(found.c, [expected(0, 0), expected(0, 0)], 1e-6)
  })
})

describe('the norm constraint', () => {
  it.each(['sgd', 'adam'] as const)(
    '%s: after each step no filter is longer, shorter ones are untouched',
    async (kind) => {
      const shapes = { W: [2, 3], WF: [2, 3], WX: [1, 2], WY: [1, 2], WM: [2, 2], c: [2] }
      const parameters = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, input(name, shape)]))
      const loss = Object.values(parameters).reduce(
        (total, node) => add(total, sum(square(sub(node, 4)))),
        input('zero', []),
      )
      const backend = await openBackend({ engine: 'reference', device: 'cpu', threads: 1 })
      const ends: Record<string, number[]>[] = []
      for (const maxNorm of [null, 1.5]) {
        const { outputs, memory } = update(
          { kind, momentum: 0, weightDecay: 0, maxNorm },
          loss,
          parameters,
          input('rate', []),
          ['W', 'WF', 'WX', 'WY'],
        )
        const runner = await compileSteps(
          backend,
          { state: Object.keys(outputs), data: ['zero'], perStep: ['rate'], graph: graph({ ...outputs, loss }) },
          { zero: float64(Float64Array.of(0), []) },
        )
        const start = Object.entries(shapes).map(([name, shape]) => {
          // The second row of W and WF is far too short to reach the limit in one step.
          const data = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => (at < 3 ? 1 : 0))
          return [name, float64(data, shape)]
        })
        await runner.setState(freshState(Object.fromEntries(start) as Record<string, Tensor>, memory).carried)
        await runner.run(1, { rate: float64(Float64Array.of(0.02), [1]) })
        ends.push(
          Object.fromEntries(Object.entries(await runner.getState()).map(([name, { data }]) => [name, [...data]])),
        )
        await runner.dispose()
      }
      const [free, held] = ends as [Record<string, number[]>, Record<string, number[]>]
      const rows = (name: string, end: Record<string, number[]>) => {
        const width = shapes[name as keyof typeof shapes].at(-1)!
        return Array.from({ length: end[name]!.length / width }, (_, row) =>
          end[name]!.slice(row * width, (row + 1) * width),
        )
      }
      let shortened = 0
      for (const name of ['W', 'WF', 'WX', 'WY']) {
        rows(name, free).forEach((row, at) => {
          const length = Math.hypot(...row)
          const found = rows(name, held)[at]!
          if (length <= 1.5) expect(found).toEqual(row)
          else {
            shortened++
            expect(Math.hypot(...found)).toBeCloseTo(1.5, 12)
            expectClose(
              found,
              row.map((value) => (value * 1.5) / length),
              1e-12,
            )
          }
        })
      }
      expect(shortened).toBeGreaterThan(1)
      expect(held.WM).toEqual(free.WM)
      expect(held.c).toEqual(free.c)
    },
  )
})

describe('rates', () => {
  const rule = { kind: 'sgd', learningRate: 0.5, schedule: 'linear' } as const

  it('linear: constant to half of the steps, then in equal steps towards 0', () => {
    expectClose(stepRates(rule, 0, 8, 8), [0.5, 0.5, 0.5, 0.5, 0.5, 0.375, 0.25, 0.125], 1e-6)
  })

  it('depend on the global step alone', () => {
    expect([...stepRates(rule, 5, 3, 8)]).toEqual([...stepRates(rule, 0, 8, 8)].slice(5))
  })
})

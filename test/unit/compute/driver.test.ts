import { describe, expect, it } from 'vitest'
import { compileSteps } from '../../../src/main/compute/driver'
import type { StepGraph } from '../../../src/main/compute/driver'
import { graph, input } from '../../../src/main/compute/graph'
import { add, matmul, mul, sum } from '../../../src/main/compute/ops'
import { referenceBackend } from '../../../src/main/compute/reference/backend'
import { float64 } from '../../../src/main/compute/tensor'

const [w, x, rate] = [input('w', [2]), input('x', [2]), input('rate', [])]
const good: StepGraph = {
  state: ['w'],
  data: ['x'],
  perStep: ['rate'],
  graph: graph({ w: add(w, mul(x, rate)), loss: sum(w) }),
}
const data = { x: float64(Float64Array.of(1, 2), [2]) }

describe('compileSteps', () => {
  it('carries the state from step to step and gives the scalars of each', async () => {
    const runner = await compileSteps(referenceBackend, good, data)
    await runner.setState({ w: float64(Float64Array.of(10, 20), [2]) })
    const { loss } = await runner.run(3, { rate: float64(Float64Array.of(1, 10, 100), [3]) })
    expect([...loss]).toEqual([30, 33, 63])
    expect([...(await runner.getState()).w.data]).toEqual([121, 242])
  })

  it.each([
    ['an input without a role', { data: [] }, 'input x is neither state, data nor per step'],
    ['an input with two roles', { perStep: ['rate', 'w'] }, 'input w is both state and perStep'],
    ['a per-step input that nothing reads', { perStep: ['rate', 'keep'] }, 'no step reads keep'],
    ['a state without a next value', { state: ['w', 'x'], data: [] }, 'state x lacks its next value'],
    ['a state that nothing reads', { state: ['w', 'v'] }, 'state v lacks a reader'],
    [
      'a state that changes its shape',
      { graph: graph({ w: sum(mul(add(w, x), rate)) }) },
      'state w goes from [2] to []',
    ],
    [
      'an output that is neither state nor scalar',
      { graph: graph({ ...good.graph.outputs, y: mul(w, 2) }) },
      'output y is [2], neither state nor a scalar',
    ],
  ] as [string, Partial<StepGraph>, string][])('refuses %s', (_, change, message) => {
    expect(() => compileSteps(referenceBackend, { ...good, ...change }, data)).toThrow(message)
  })

  it('refuses data that does not fit', () => {
    const wrong = { x: float64(new Float64Array(3), [3]) }
    expect(() => compileSteps(referenceBackend, good, wrong)).toThrow('input x is float64 [3] of 3 numbers')
  })
})

describe('graph', () => {
  it('refuses two inputs of one name that differ', () => {
    expect(() => graph({ y: matmul(input('a', [2, 3]), input('a', [3, 2])) })).toThrow('a is both [2, 3] and [3, 2]')
  })

  it('lists its inputs once, in the order of their making', () => {
    expect(graph({ y: add(mul(rate, x), x), z: w }).inputs).toEqual([w, x, rate])
  })
})

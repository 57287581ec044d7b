import type { Backend, Executable, StepGraph, StepRunner } from '../engine'
import { inputOf } from '../graph'
import type { Graph } from '../graph'
import { atStep, checkedInput } from '../feeds'
import { plan } from '../plan'
import { float64 } from '../tensor'
import type { Tensor, Tensors } from '../tensor'
import { evaluateGraph } from './evaluateGraph'

const copied = (tensor: Tensor): Tensor => float64(Float64Array.from(tensor.data), tensor.shape)

function compile(graph: Graph): Promise<Executable> {
  const steps = plan(graph)
  return Promise.resolve({
    run: (inputs) => {
      const results = Object.entries(evaluateGraph(steps, inputs))
      return Promise.resolve(
        Object.fromEntries(results.map(([name, { data, shape }]) => [name, copied(float64(data, shape))])),
      )
    },
    dispose: () => Promise.resolve(),
  })
}

function compileSteps({ state: carried, data: fixed, perStep, graph }: StepGraph, start: Tensors): Promise<StepRunner> {
  const steps = plan(graph)
  const scalars = Object.keys(graph.outputs).filter((name) => !carried.includes(name))
  let data = start
  let state: Tensors = {}
  const runner: StepRunner = {
    setState: (next) => {
      state = Object.fromEntries(carried.map((name) => [name, copied(checkedInput(inputOf(graph, name), name, next))]))
    },
    setData: (next) => {
      data = Object.fromEntries(fixed.map((name) => [name, checkedInput(inputOf(graph, name), name, next)]))
    },
    run: (count, fed) => {
      for (const name of perStep) {
        const node = inputOf(graph, name)
        checkedInput(node, name, fed, [count, ...node.shape])
      }
      const series = Object.fromEntries(scalars.map((name) => [name, new Float64Array(count)]))
      for (let step = 0; step < count; step++) {
        const rows = Object.fromEntries(perStep.map((name) => [name, atStep(fed[name], step)]))
        const results = evaluateGraph(steps, { ...data, ...rows, ...state })
        state = Object.fromEntries(carried.map((name) => [name, float64(results[name].data, results[name].shape)]))
        for (const name of scalars) series[name][step] = results[name].data[0]
      }
      return Promise.resolve(series)
    },
    getState: () => Promise.resolve(Object.fromEntries(Object.entries(state).map(([name, t]) => [name, copied(t)]))),
    dispose: () => Promise.resolve(),
  }
  return Promise.resolve(runner)
}

/** float64 in plain TypeScript, one operation after another, nothing rewritten: the judge of the other engines. */
export const referenceBackend: Backend = {
  engine: 'reference',
  device: 'cpu',
  dtype: 'float64',
  versions: {},
  compile,
  compileSteps,
}

import type { StepGraph, StepRunner } from '../engine'
import { checkedInput } from '../feeds'
import { inputOf } from '../graph'
import type { Graph } from '../graph'
import { simplify } from '../simplify'
import { float32 } from '../tensor'
import type { Tensor, Tensors } from '../tensor'
import { node as onnxNode } from './node'
import type { OnnxGraph, OnnxValue } from './node'
import { createSession, floatsOf, toOrt, tripCount } from './session'
import type { SessionOptions } from './session'
import { OnnxWriter } from './writer'

/** Names of the loop's own values; a colon keeps them apart from those of a step graph. */
const own = { trips: ':trips', iteration: ':iteration', go: ':go', goOn: ':goOn' }

/**
 * A step graph as one ONNX Loop over a number of steps fed at run time: the state is carried inside the engine, rows of
 * the per-step inputs are gathered by the iteration's number, and the data is read from the scope outside.
 */
function loopGraph({ state, data, perStep, graph }: StepGraph, scalars: readonly string[]): OnnxGraph {
  const value = (name: string, as: string, lead: readonly string[] = []): OnnxValue => {
    const { dtype, shape } = inputOf(graph, name)
    return { name: as, type: dtype, shape: [...lead, ...shape] }
  }
  const writer = new OnnxWriter()
  const names: Record<string, string> = {}
  for (const name of data) names[name] = name
  for (const name of state) names[name] = `${name}:carried`
  for (const name of perStep) {
    names[name] = `${name}:row`
    writer.nodes.push(onnxNode('Gather', [name, own.iteration], names[name], { axis: { int: 0 } }))
  }
  const results = writer.write(graph, names)
  writer.nodes.push(onnxNode('Identity', [own.go], own.goOn))

  const body: OnnxGraph = {
    name: 'step',
    inputs: [
      { name: own.iteration, type: 'int64', shape: [] },
      { name: own.go, type: 'bool', shape: [] },
      ...state.map((name) => value(name, names[name])),
    ],
    outputs: [
      { name: own.goOn, type: 'bool', shape: [] },
      ...state.map((name) => value(name, results[name])),
      ...scalars.map((name): OnnxValue => ({ name: results[name], type: 'float32', shape: [] })),
    ],
    constants: [],
    nodes: writer.nodes,
  }
  const outputs = [...state, ...scalars]
  return {
    name: 'steps',
    inputs: [
      { name: own.trips, type: 'int64', shape: [] },
      ...data.map((name) => value(name, name)),
      ...perStep.map((name) => value(name, name, ['steps'])),
      ...state.map((name) => value(name, `${name}:start`)),
    ],
    outputs: outputs.map((name) =>
      state.includes(name) ? value(name, `${name}:end`) : { name: `${name}:end`, type: 'float32', shape: ['steps'] },
    ),
    constants: writer.constants,
    nodes: [
      {
        type: 'Loop',
        inputs: [own.trips, '', ...state.map((name) => `${name}:start`)],
        outputs: outputs.map((name) => `${name}:end`),
        attributes: { body: { graph: body } },
      },
    ],
  }
}

/** The `loop` driver: all steps of a chunk in one call of the engine. */
export async function compileLoop(asked: StepGraph, data: Tensors, options: SessionOptions): Promise<StepRunner> {
  // The inputs stay declared as asked for, also where the simplified step no longer reads one.
  const graph: Graph = { inputs: asked.graph.inputs, outputs: simplify(asked.graph).outputs }
  const { state: carried, data: fixed, perStep } = asked
  const scalars = Object.keys(graph.outputs).filter((name) => !carried.includes(name))
  const session = await createSession(loopGraph({ ...asked, graph }, scalars), options)
  const constantsOf = (tensors: Tensors) =>
    Object.fromEntries(fixed.map((name) => [name, toOrt(checkedInput(inputOf(graph, name), name, tensors))]))
  let constants = constantsOf(data)
  let state: Readonly<Record<string, Tensor>> = {}

  return {
    setState: (next) => {
      const entries = carried.map((name) => {
        const { shape, data: values } = checkedInput(inputOf(graph, name), name, next)
        return [name, float32(Float32Array.from(values), shape)]
      })
      state = Object.fromEntries(entries) as Record<string, Tensor>
    },
    setData: (next) => {
      constants = constantsOf(next)
    },
    run: async (steps, fed) => {
      const feeds: Record<string, ReturnType<typeof toOrt>> = { ...constants, [own.trips]: tripCount(steps) }
      for (const name of perStep) {
        const node = inputOf(graph, name)
        feeds[name] = toOrt(checkedInput(node, name, fed, [steps, ...node.shape]))
      }
      for (const name of carried) {
        feeds[`${name}:start`] = toOrt(checkedInput(inputOf(graph, name), name, state))
      }
      const results = await session.run(feeds)
      const next = carried.map((name) => [name, float32(floatsOf(results[`${name}:end`]), graph.outputs[name].shape)])
      state = Object.fromEntries(next) as Record<string, Tensor>
      return Object.fromEntries(scalars.map((name) => [name, floatsOf(results[`${name}:end`])]))
    },
    getState: () => {
      const copies = Object.entries(state).map(([name, { shape, data: values }]) => [
        name,
        float32(Float32Array.from(values), shape),
      ])
      return Promise.resolve(Object.fromEntries(copies) as Record<string, Tensor>)
    },
    dispose: () => session.release(),
  }
}

import type { Backend, StepGraph, StepRunner } from './engine'
import { checkedInput } from './feeds'
import { inputName } from './graph'
import { graphError, sameShape, showShape } from './shapes'
import type { Tensors } from './tensor'

export type { StepGraph, StepRunner } from './engine'

/**
 * Makes a step graph ready to run on a back end.
 * @param data the inputs that stay the same over all steps
 * @throws WorkbenchError GRAPH where an input has no role, a state no next value, or another output is no scalar
 */
export function compileSteps(backend: Backend, stepGraph: StepGraph, data: Tensors): Promise<StepRunner> {
  const { graph, state, perStep } = stepGraph
  const roles = new Map<string, string>()
  for (const role of ['state', 'data', 'perStep'] as const) {
    for (const name of stepGraph[role]) {
      if (roles.has(name)) throw graphError('steps', `input ${name} is both ${roles.get(name)} and ${role}`)
      roles.set(name, role)
    }
  }
  const inputs = new Map(graph.inputs.map((node) => [inputName(node) as string, node]))
  for (const [name, node] of inputs) {
    if (!roles.has(name)) throw graphError('steps', `input ${name} is neither state, data nor per step`)
    if (roles.get(name) === 'data') checkedInput(node, name, data)
  }
  for (const name of perStep) if (!inputs.has(name)) throw graphError('steps', `no step reads ${name}`)
  for (const name of state) {
    const [before, after] = [inputs.get(name), graph.outputs[name]]
    if (!before || !after) throw graphError('steps', `state ${name} lacks ${before ? 'its next value' : 'a reader'}`)
    if (!sameShape(before.shape, after.shape)) {
      throw graphError('steps', `state ${name} goes from ${showShape(before.shape)} to ${showShape(after.shape)}`)
    }
  }
  for (const [name, { shape }] of Object.entries(graph.outputs)) {
    if (!state.includes(name) && shape.length > 0) {
      throw graphError('steps', `output ${name} is ${showShape(shape)}, neither state nor a scalar`)
    }
  }
  return backend.compileSteps(stepGraph, data)
}

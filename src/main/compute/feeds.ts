import { inputOf } from './graph'
import type { DType, Graph, Node } from './graph'
import { graphError, sameShape, showShape, sizeOf } from './shapes'
import type { Shape } from './shapes'
import type { Tensor, Tensors } from './tensor'

const fits = (wanted: DType, { dtype }: Tensor): boolean =>
  wanted === 'float32' ? dtype === 'float32' || dtype === 'float64' : dtype === wanted

/** The tensor for an input, of the right type and shape. `shape` is another one than the node's where a step axis leads. */
export function checkedInput(node: Node, name: string, inputs: Tensors, shape: Shape = node.shape): Tensor {
  const tensor = inputs[name]
  if (!tensor) throw graphError('run', `input ${name} is missing`)
  if (!fits(node.dtype, tensor) || !sameShape(tensor.shape, shape) || tensor.data.length !== sizeOf(shape)) {
    throw graphError(
      'run',
      `input ${name} is ${tensor.dtype} ${showShape(tensor.shape)} of ${tensor.data.length} numbers, not ${node.dtype} ${showShape(shape)}`,
    )
  }
  return tensor
}

/** `checkedInput` for several inputs of a graph. */
export const checkedInputs = (graph: Graph, names: readonly string[], inputs: Tensors): Tensors =>
  Object.fromEntries(names.map((name) => [name, checkedInput(inputOf(graph, name), name, inputs)]))

/** Row `step` of a tensor with a leading step axis. */
export function atStep({ dtype, shape, data }: Tensor, step: number): Tensor {
  const rest = shape.slice(1)
  const size = sizeOf(rest)
  return { dtype, shape: rest, data: data.subarray(step * size, (step + 1) * size) } as Tensor
}

import type { OnnxNode, OnnxScope } from './onnx/node'
import type { NumericArray } from './reference/arrays'
import { graphError, showShape } from './shapes'
import type { Shape } from './shapes'
import type { Tfjs, TfjsTensor } from './tfjs/tfjs'

export type { Shape } from './shapes'

/** float32 unless said; uint8 (corruption draws) and int32 (row indices) only as inputs of `cast` and `gatherRows`. */
export type DType = 'float32' | 'uint8' | 'int32'

export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>

/** An operation's meanings, side by side: shape, vector-Jacobian product, ONNX nodes, tfjs call, float64 reference. */
export interface Operation {
  readonly name: string
  /**
   * From g = ∂loss/∂output the same for each input, in order; null where the loss does not depend on it to first order.
   * The operation itself being null means that no derivative exists (asking for one is an error).
   */
  readonly gradient: ((g: Node, node: Node) => readonly (Node | null)[]) | null
  readonly onnx: (node: Node, inputs: readonly string[], output: string, scope: OnnxScope) => readonly OnnxNode[]
  /** Gives a tensor of its own, never one of the inputs; may leave tensors behind for `tidy`. */
  readonly tfjs: (node: Node, inputs: readonly TfjsTensor[], tf: Tfjs) => TfjsTensor
  readonly reference: (node: Node, inputs: readonly NumericArray[]) => Float64Array
}

/** A value of a computation: an operation applied to other values. Immutable; compared by identity. */
export interface Node {
  readonly id: number
  readonly op: Operation
  readonly inputs: readonly Node[]
  readonly attributes: Attributes
  readonly shape: Shape
  readonly dtype: DType
}

let lastId = 0

/** The next node; operations check shapes before they call it. */
export function makeNode(
  op: Operation,
  inputs: readonly Node[],
  attributes: Attributes,
  shape: Shape,
  dtype: DType,
): Node {
  return { id: ++lastId, op, inputs, attributes, shape, dtype }
}

function leaf(name: string): Operation {
  const refuse = () => {
    throw graphError(name, 'a leaf is not computed')
  }
  return { name, gradient: () => [], onnx: () => [], tfjs: refuse, reference: refuse }
}

const inputOperation = leaf('input')
const constantOperation = leaf('constant')

/** A value handed in at each run, by name. */
export function input(name: string, shape: Shape, dtype: DType = 'float32'): Node {
  return makeNode(inputOperation, [], { name }, [...shape], dtype)
}

/** A number known when the graph is built, shape []. */
export function constant(value: number): Node {
  return makeNode(constantOperation, [], { value }, [], 'float32')
}

export const inputName = (node: Node): string | null =>
  node.op === inputOperation ? (node.attributes.name as string) : null

export const constantValue = (node: Node): number | null =>
  node.op === constantOperation ? (node.attributes.value as number) : null

/** Named results and the inputs that they need. */
export interface Graph {
  readonly inputs: readonly Node[]
  readonly outputs: Readonly<Record<string, Node>>
}

/** All nodes that the given ones need, each after its inputs, each once. */
export function ancestors(nodes: Iterable<Node>): Node[] {
  const order: Node[] = []
  const seen = new Set<Node>()
  const stack: { node: Node; next: number }[] = []
  const push = (node: Node) => {
    if (seen.has(node)) return
    seen.add(node)
    stack.push({ node, next: 0 })
  }
  for (const root of nodes) {
    push(root)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const following = top.node.inputs[top.next++]
      if (following) push(following)
      else {
        order.push(top.node)
        stack.pop()
      }
    }
  }
  return order
}

/**
 * A graph from its results; collects the inputs by name, in the order of their making.
 * @throws WorkbenchError GRAPH where two inputs of one name differ in shape or type
 */
export function graph(outputs: Readonly<Record<string, Node>>): Graph {
  const inputs = new Map<string, Node>()
  for (const node of ancestors(Object.values(outputs))) {
    const name = inputName(node)
    if (name === null) continue
    const other = inputs.get(name)
    if (other && (other.dtype !== node.dtype || showShape(other.shape) !== showShape(node.shape))) {
      throw graphError('input', `${name} is both ${showShape(other.shape)} and ${showShape(node.shape)}`)
    }
    if (!other) inputs.set(name, node)
  }
  return { inputs: [...inputs.values()].sort((a, b) => a.id - b.id), outputs: { ...outputs } }
}

/** The input of that name. @throws WorkbenchError GRAPH where there is none */
export function inputOf({ inputs }: Graph, name: string): Node {
  const found = inputs.find((node) => inputName(node) === name)
  if (!found) throw graphError('input', `no input ${name}`)
  return found
}

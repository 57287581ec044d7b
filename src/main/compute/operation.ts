import { constant, makeNode } from './graph'
import type { Attributes, DType, Node, Operation } from './graph'
import { node } from './onnx/node'
import type { OnnxNode, OnnxScope } from './onnx/node'
import { map, zip } from './reference/arrays'
import type { NumericArray } from './reference/arrays'
import { broadcastShapes, graphError } from './shapes'
import type { Shape } from './shapes'
import type { Tfjs, TfjsTensor } from './tfjs/tfjs'

/** A value or a plain number. */
export type Operand = Node | number

const asNode = (operand: Operand): Node => (typeof operand === 'number' ? constant(operand) : operand)

interface Context<A> {
  readonly inputs: readonly Node[]
  readonly output: Node
  readonly attributes: A
}

interface Definition<A extends Attributes> {
  /** The result's shape; throws on inputs that do not fit. */
  readonly shape: (shapes: readonly Shape[], attributes: A) => Shape
  /** Types the inputs may have, in order; float32 where not said. */
  readonly accepts?: readonly (readonly DType[])[]
  readonly gradient: ((g: Node, context: Context<A>) => readonly (Node | null)[]) | null
  readonly onnx: (
    inputs: readonly string[],
    output: string,
    context: Context<A> & { readonly scope: OnnxScope },
  ) => OnnxNode | readonly OnnxNode[]
  readonly tfjs: (tf: Tfjs, inputs: readonly TfjsTensor[], context: Context<A>) => TfjsTensor
  readonly reference: (inputs: readonly NumericArray[], context: Context<A>) => Float64Array
}

/** Defines an operation and gives its builder. */
export function operation<A extends Attributes = Record<string, never>>(
  name: string,
  definition: Definition<A>,
): (inputs: readonly Node[], attributes: A) => Node {
  const { gradient } = definition
  const context = (output: Node): Context<A> => ({
    inputs: output.inputs,
    output,
    attributes: output.attributes as A,
  })
  const op: Operation = {
    name,
    gradient: gradient && ((g, output) => gradient(g, context(output))),
    onnx: (output, inputs, to, scope) => [definition.onnx(inputs, to, { ...context(output), scope })].flat(),
    tfjs: (output, inputs, tf) => definition.tfjs(tf, inputs, context(output)),
    reference: (output, inputs) => definition.reference(inputs, context(output)),
  }
  return (inputs, attributes) => {
    inputs.forEach(({ dtype }, i) => {
      const accepted = definition.accepts?.[i] ?? ['float32']
      if (!accepted.includes(dtype)) throw graphError(name, `input ${i} is ${dtype}, not ${accepted.join(' or ')}`)
    })
    const shape = definition.shape(
      inputs.map((input) => input.shape),
      attributes,
    )
    return makeNode(op, inputs, attributes, shape, 'float32')
  }
}

interface Elementwise {
  /** ∂loss/∂x from g = ∂loss/∂output; null where the derivative is zero almost everywhere. */
  readonly gradient: (g: Node, x: Node, output: Node) => Node | null
  readonly onnx: string | ((x: string, output: string, scope: OnnxScope) => readonly OnnxNode[])
  readonly tfjs: (tf: Tfjs, x: TfjsTensor) => TfjsTensor
  readonly reference: (value: number) => number
}

/** An operation on every element alone; keeps the shape. */
export function elementwise(name: string, { gradient, onnx, tfjs, reference }: Elementwise): (x: Node) => Node {
  const build = operation(name, {
    shape: ([x]) => x,
    gradient: (g, { inputs: [x], output }) => [gradient(g, x, output)],
    onnx: ([x], output, { scope }) => (typeof onnx === 'string' ? node(onnx, [x], output) : onnx(x, output, scope)),
    tfjs: (tf, [x]) => tfjs(tf, x),
    reference: ([x]) => map(x, reference),
  })
  return (x) => build([x], {})
}

interface Binary {
  readonly gradient: (g: Node, a: Node, b: Node, output: Node) => readonly [Node, Node]
  readonly onnx: string
  readonly tfjs: (tf: Tfjs, a: TfjsTensor, b: TfjsTensor) => TfjsTensor
  readonly reference: (a: number, b: number) => number
}

/** An operation on pairs of elements, with numpy's broadcasting. */
export function binary(name: string, { gradient, onnx, tfjs, reference }: Binary): (a: Operand, b: Operand) => Node {
  const build = operation(name, {
    shape: ([a, b]) => broadcastShapes(name, a, b),
    gradient: (g, { inputs: [a, b], output }) => gradient(g, a, b, output),
    onnx: ([a, b], output) => node(onnx, [a, b], output),
    tfjs: (tf, [a, b]) => tfjs(tf, a, b),
    reference: ([a, b], { output }) => zip(a, b, output.shape, reference),
  })
  return (a, b) => build([asNode(a), asNode(b)], {})
}

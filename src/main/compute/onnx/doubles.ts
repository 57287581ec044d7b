import { Tensor as OrtTensor } from 'onnxruntime-node'
import type { GraphCompiler } from '../engine'
import { checkedInput } from '../feeds'
import { inputName } from '../graph'
import { graphError } from '../shapes'
import { float64, type Tensor } from '../tensor'
import type { OnnxConstant, OnnxGraph, OnnxNode, OnnxValue } from './node'
import { node } from './node'
import { plainGraph } from './plainGraph'
import { createSession } from './session'
import { resultName } from './writer'

/** TensorProto.DataType of onnx.proto. */
const [floatNumber, doubleNumber] = [1, 11]

const one: OnnxConstant = { name: ':one', type: 'float64', shape: [], values: [1] }

const doubled = <Value extends OnnxValue | OnnxConstant>(value: Value): Value =>
  value.type === 'float32' ? { ...value, type: 'float64' } : value

/** A node as it computes with doubles. @throws WorkbenchError GRAPH where a number of it would be rounded to float32 */
function doubledNode(each: OnnxNode): OnnxNode[] {
  const { type, inputs, outputs, attributes } = each
  // onnxruntime has no Softplus of doubles; the graphs here take it of x ≤ 0 only, where exp cannot overflow.
  if (type === 'Softplus') {
    const [power, sum] = [`${outputs[0]}:exp`, `${outputs[0]}:sum`]
    return [node('Exp', inputs, power), node('Add', [power, one.name], sum), node('Log', [sum], outputs[0])]
  }
  for (const [name, value] of Object.entries(attributes)) {
    if ('float' in value && Math.fround(value.float) !== value.float) {
      throw graphError(type, `${name} is ${value.float}, which float32 rounds`)
    }
  }
  const { to } = attributes
  if (type === 'Cast' && to !== undefined && 'int' in to && to.int === floatNumber) {
    return [{ ...each, attributes: { to: { int: doubleNumber } } }]
  }
  return [each]
}

/** A graph written for float32, in float64. */
const inDoubles = (graph: OnnxGraph): OnnxGraph => ({
  ...graph,
  inputs: graph.inputs.map(doubled),
  outputs: graph.outputs.map(doubled),
  constants: [...graph.constants.map(doubled), one],
  nodes: graph.nodes.flatMap(doubledNode),
})

const toOrt = ({ data, shape }: Tensor): OrtTensor =>
  new OrtTensor('float64', data instanceof Float64Array ? data : Float64Array.from(data), shape)

/**
 * onnxruntime on the CPU in float64: for numbers that float32 is too coarse for and the reference too slow. It runs
 * graphs of float inputs, and no steps.
 */
export const openDoubles = (threads: number): GraphCompiler => ({
  dtype: 'float64',
  compile: async (asked) => {
    const { graph, file } = plainGraph(asked)
    const named = graph.inputs.map((input) => ({ node: input, name: inputName(input) as string }))
    const session = await createSession(inDoubles(file), { device: 'cpu', threads })
    return {
      run: async (inputs) => {
        const feeds = named.map(({ node: each, name }) => [name, toOrt(checkedInput(each, name, inputs))])
        const results = await session.run(Object.fromEntries(feeds) as Record<string, OrtTensor>)
        const entries = Object.entries(graph.outputs).map(([name, { shape }]): [string, Tensor] => [
          name,
          float64(results[resultName(name)].data as Float64Array, shape),
        ])
        return Object.fromEntries(entries)
      },
      dispose: () => session.release(),
    }
  },
})

import { inputName } from '../graph'
import type { Graph } from '../graph'
import { simplify } from '../simplify'
import type { OnnxGraph } from './node'
import { OnnxWriter } from './writer'

/** A graph, simplified, as one ONNX graph, whose inputs go by their own names and results by `resultName`. */
export function plainGraph(asked: Graph): { graph: Graph; file: OnnxGraph } {
  // The inputs stay declared as asked for, also where the simplified graph no longer reads one.
  const graph: Graph = { inputs: asked.inputs, outputs: simplify(asked).outputs }
  const named = graph.inputs.map((node) => ({ node, name: inputName(node) as string }))
  const writer = new OnnxWriter()
  const outputs = writer.write(graph, Object.fromEntries(named.map(({ name }) => [name, name])))
  const file: OnnxGraph = {
    name: 'graph',
    inputs: named.map(({ node, name }) => ({ name, type: node.dtype, shape: node.shape })),
    outputs: Object.entries(graph.outputs).map(([name, { shape }]) => ({
      name: outputs[name],
      type: 'float32',
      shape,
    })),
    constants: writer.constants,
    nodes: writer.nodes,
  }
  return { graph, file }
}

import { env } from 'onnxruntime-node'
import type { Backend, Executable } from '../engine'
import { checkedInput } from '../feeds'
import { inputName } from '../graph'
import type { Graph } from '../graph'
import { simplify } from '../simplify'
import { float32 } from '../tensor'
import { compileLoop } from './loop'
import { createSession, floatsOf, toOrt } from './session'
import { OnnxWriter } from './writer'

async function compile(asked: Graph, threads: number): Promise<Executable> {
  // The inputs stay declared as asked for, also where the simplified graph no longer reads one.
  const graph: Graph = { inputs: asked.inputs, outputs: simplify(asked).outputs }
  const named = graph.inputs.map((node) => ({ node, name: inputName(node) as string }))
  const writer = new OnnxWriter()
  const outputs = writer.write(graph, Object.fromEntries(named.map(({ name }) => [name, name])))
  const session = await createSession(
    {
      name: 'graph',
      inputs: named.map(({ node, name }) => ({ name, type: node.dtype, shape: node.shape })),
      outputs: Object.entries(graph.outputs).map(([name, { shape }]) => ({
        name: outputs[name],
        type: 'float32',
        shape,
      })),
      constants: writer.constants,
      nodes: writer.nodes,
    },
    threads,
  )
  return {
    run: async (inputs) => {
      const feeds = named.map(({ node, name }) => [name, toOrt(checkedInput(node, name, inputs))])
      const results = await session.run(Object.fromEntries(feeds) as Record<string, ReturnType<typeof toOrt>>)
      const entries = Object.entries(graph.outputs).map(([name, { shape }]) => [
        name,
        float32(floatsOf(results[outputs[name]]), shape),
      ])
      return Object.fromEntries(entries) as Record<string, ReturnType<typeof float32>>
    },
    dispose: () => session.release(),
  }
}

/** onnxruntime on the CPU in float32. @param threads of one operation */
export const openOnnx = (threads: number): Backend => ({
  engine: 'onnx',
  device: 'cpu',
  dtype: 'float32',
  versions: { 'onnxruntime-node': env.versions.node ?? 'unknown' },
  compile: (graph) => compile(graph, threads),
  compileSteps: (stepGraph, data) => compileLoop(stepGraph, data, threads),
})
